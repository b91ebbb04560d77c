import CharLSTM

/// A piece of text in which some words have a style of their own.
///
///     "its \(term: "id") is \(17); \(code: "bard train") continues with \(text: "the␣", lane: 0)"
package struct ExplanationPhrase: Sendable, Equatable, ExpressibleByStringInterpolation {
  package enum Kind: Sendable, Equatable {
    case plain
    /// A word at the place where it is explained.
    case term
    /// A shape, an option or a name in a program. It is never broken over two lines.
    case code
    /// Glyphs of the text. They have the colour of their lane if one is given, counted from 0.
    case text(lane: Int?)
  }

  package struct Run: Sendable, Equatable {
    package let kind: Kind
    package let string: String

    package init(kind: Kind, string: String) {
      self.kind = kind
      self.string = string
    }
  }

  package private(set) var runs: [Run]

  package init(stringLiteral value: String) { runs = [Run(kind: .plain, string: value)] }
  package init(stringInterpolation: StringInterpolation) { runs = stringInterpolation.runs }

  package static func + (first: Self, second: Self) -> Self {
    var sum = first
    sum.runs += second.runs
    return sum
  }

  /// Without styles. Text is in quotation marks.
  package var plain: String { runs.map(\.marked).joined() }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var runs: [Run] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) { append(.plain, literal) }
    /// A number with its thousands grouped.
    package mutating func appendInterpolation(_ number: Int) { append(.plain, grouped(number)) }
    package mutating func appendInterpolation(_ words: String) { append(.plain, words) }
    package mutating func appendInterpolation(term: String) { append(.term, term) }
    package mutating func appendInterpolation(code: String) { append(.code, code) }
    package mutating func appendInterpolation(text: String, lane: Int? = nil) { append(.text(lane: lane), text) }

    private mutating func append(_ kind: Kind, _ string: String) {
      if !string.isEmpty { runs.append(Run(kind: kind, string: string)) }
    }
  }
}

extension ExplanationPhrase.Run {
  /// The run as plain text.
  package var marked: String {
    if case .text = kind { "“\(string)”" } else { string }
  }
}

import CharLSTM

/// A character of a text, as the features see it.
struct PassageScalar: Sendable, Equatable {
  /// The first scalar of a cluster, and "\n" for "\r\n". In a text of bytes, each byte of a UTF-8 sequence has the
  /// scalar of the whole sequence. Bytes that are not UTF-8, and the unknown symbol, have U+FFFD.
  let value: Unicode.Scalar
  /// Whether this is a byte of a sequence, but not its first byte.
  var isContinuation = false

  var isLineEnd: Bool { value == "\n" }
  var isSpace: Bool { value.properties.isWhitespace }
  var isCapital: Bool { value.properties.isUppercase }
  var isLetter: Bool { value.properties.isAlphabetic }
  var isDigit: Bool { value.properties.generalCategory == .decimalNumber }

  /// Whether this belongs to a word, whatever is next to it: a letter, a mark on a letter, a digit or an underscore.
  var isOfWord: Bool {
    if isLetter || isDigit || value == "_" { return true }
    switch value.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return true
    default: return false
    }
  }

  private static let replacement: Unicode.Scalar = "\u{FFFD}"

  /// The characters in a range of a text.
  static func all(of tokens: TokenSequence, in range: Range<Int>, vocabulary: Vocabulary) -> [PassageScalar] {
    if vocabulary.unit == .byte {
      return ofBytes(range.map { vocabulary.utf8Bytes(of: tokens[$0]).first ?? 0xFF })
    }
    let byID = (0..<Int32(vocabulary.count)).map { id in
      let scalars = vocabulary.text(of: id).map { Array($0.unicodeScalars) } ?? []
      return PassageScalar(value: scalars.last == "\n" ? "\n" : scalars.first ?? replacement)
    }
    return range.map { byID[Int(tokens[$0])] }
  }

  static func ofBytes(_ bytes: [UInt8]) -> [PassageScalar] {
    bytes.sequences.flatMap { sequence in
      let scalar = String(validating: bytes[sequence], as: UTF8.self)?.unicodeScalars.first ?? replacement
      return sequence.map { PassageScalar(value: scalar, isContinuation: $0 > sequence.lowerBound) }
    }
  }
}

extension [UInt8] {
  /// The ranges of bytes that are one scalar in UTF-8 each. A byte outside of every sequence has a range of its own.
  package var sequences: [Range<Int>] {
    var result: [Range<Int>] = []
    var index = startIndex
    while index < endIndex {
      let length =
        switch self[index] {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
      let end = index + length
      let isWhole = end <= endIndex && (length == 1 || String(validating: self[index..<end], as: UTF8.self) != nil)
      result.append(index..<(isWhole ? end : index + 1))
      index = isWhole ? end : index + 1
    }
    return result
  }
}

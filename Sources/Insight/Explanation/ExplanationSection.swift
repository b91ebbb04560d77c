import CharLSTM

/// A part of an explanation, as the terminal and the page both show it.
package struct ExplanationSection: Sendable, Equatable {
  package let title: String
  package let blocks: [ExplanationBlock]
}

/// What a section is made of.
package enum ExplanationBlock: Sendable, Equatable {
  case paragraph(ExplanationPhrase)
  /// Above a part of a section.
  case heading(ExplanationPhrase)
  /// A shape or an equation on a line of its own.
  case formula(String)
  /// A word, and what is to be said of it.
  case item(String, ExplanationPhrase)
  /// Cells under each other.
  case grid([ExplanationGridRow])
  /// Rows of words under a head.
  case table(head: [String], rows: [[ExplanationPhrase]])
  /// The text, cut in lanes.
  case lanes
  /// The first two minibatches, with what goes from one to the other.
  case minibatches
  /// What the program has looked at, and whether it is so.
  case checks([ExplanationCheck])
  /// Drawings and properties side by side.
  case cases([NetworkCase])
  case code(title: String, lines: [String])
}

/// A row of short cells of one width, with its name before it.
package struct ExplanationGridRow: Sendable, Equatable {
  package enum Place: Sendable, Equatable {
    case columns
    /// Between a column and the next.
    case gaps
  }

  package let name: String
  package let cells: [String]
  package var place = Place.columns
  /// The cells are of the text of this lane.
  package var lane: Int?
  /// More would follow.
  package var goesOn = false
}

/// A statement with its result.
package struct ExplanationCheck: Sendable, Equatable {
  package let holds: Bool
  package let words: ExplanationPhrase
}

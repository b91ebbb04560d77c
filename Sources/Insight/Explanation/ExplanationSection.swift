import CharLSTM

/// A part of an explanation. The terminal and the page show the same sections.
package struct ExplanationSection: Sendable, Equatable {
  package let title: String
  package let blocks: [ExplanationBlock]
}

/// What a section consists of.
package enum ExplanationBlock: Sendable, Equatable {
  case paragraph(ExplanationPhrase)
  /// The meaning of the marks in the drawings above it. A terminal and a page draw with different marks.
  case legend(terminal: ExplanationPhrase, page: ExplanationPhrase)
  /// The title of a part of a section.
  case heading(ExplanationPhrase)
  /// A shape or an equation on its own line.
  case formula(String)
  /// A term and its explanation.
  case item(String, ExplanationPhrase)
  /// Rows of short cells in columns.
  case grid([ExplanationGridRow])
  /// Rows of words under a heading row.
  case table(head: [String], rows: [[ExplanationPhrase]])
  /// The text, cut into lanes.
  case lanes
  /// The first two minibatches and the state that goes from one to the other.
  case minibatches
  /// Statements that the program has checked.
  case checks([ExplanationCheck])
  /// Networks side by side, with their properties below.
  case pictures([NetworkPicture])
  /// A series with its windows below it.
  case windows(SeriesWindows)
  /// The first windows of each stride, in the order in which a stateful network reads them. Each stride is one row.
  case readings([SeriesWindows])
  case code(title: String, lines: [String])
}

/// A row of short cells of equal width, after its name.
package struct ExplanationGridRow: Sendable, Equatable {
  package enum Place: Sendable, Equatable {
    case columns
    /// Between one column and the next.
    case gaps
  }

  package let name: String
  package let cells: [String]
  package var place = Place.columns
  /// The lane that the cells are from.
  package var lane: Int?
  /// Whether the row is only the beginning of something longer.
  package var goesOn = false
}

/// A statement and whether it is true.
package struct ExplanationCheck: Sendable, Equatable {
  package let holds: Bool
  package let words: ExplanationPhrase
}

extension Unicode.Scalar {
  /// Columns that every terminal gives to it when it stands alone: 1, 2 for East Asian wide ones (Unicode Standard Annex 11), and
  /// nil where that cannot be relied on: controls, spaces, marks, emoji, and what has no shape of its own.
  var columns: Int? {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator,
      .nonspacingMark, .spacingMark, .enclosingMark:
      return nil
    default:
      if properties.isEmojiPresentation || Self.unreliable.contains(where: { $0.contains(value) }) { return nil }
      return Self.wide.contains { $0.contains(value) } ? 2 : 1
    }
  }

  /// Parts of Hangul syllables, and symbols that became wide in Unicode 16.
  private static let unreliable: [ClosedRange<UInt32>] = [
    0x1100...0x11FF, 0xA960...0xA97F, 0xD7B0...0xD7FF, 0x2630...0x2637, 0x268A...0x268F, 0x4DC0...0x4DFF,
    0x1D300...0x1D37F,
  ]

  private static let wide: [ClosedRange<UInt32>] = [
    0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF,
    0x20000...0x3FFFD,
  ]
}

extension String {
  /// Columns that a line of our own words takes, with characters of a text in it.
  package var columns: Int {
    unicodeScalars.reduce(0) { sum, scalar in
      sum + (scalar.columns ?? (scalar.properties.isEmojiPresentation ? 2 : scalar == " " ? 1 : 0))
    }
  }

  /// With spaces behind it up to a number of columns.
  package func filled(to columns: Int) -> String {
    self + String(repeating: " ", count: max(0, columns - self.columns))
  }
}

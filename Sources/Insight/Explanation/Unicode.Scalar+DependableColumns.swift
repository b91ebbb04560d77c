import CharLSTM

extension Unicode.Scalar {
  /// Columns that every terminal gives to it when it stands alone: 1, 2 for East Asian wide ones (Unicode Standard Annex 11), and
  /// nil where that cannot be relied on: controls, spaces, marks, emoji, and what has no shape of its own.
  var dependableColumns: Int? {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator,
      .nonspacingMark, .spacingMark, .enclosingMark:
      return nil
    default:
      if properties.isEmojiPresentation || Self.unreliable.contains(where: { $0.contains(value) }) { return nil }
      return isWide ? 2 : 1
    }
  }

  /// Parts of Hangul syllables, and symbols that became wide in Unicode 16.
  private static let unreliable: [ClosedRange<UInt32>] = [
    0x1100...0x11FF, 0xA960...0xA97F, 0xD7B0...0xD7FF, 0x2630...0x2637, 0x268A...0x268F, 0x4DC0...0x4DFF,
    0x1D300...0x1D37F, 0x3248...0x324F,
  ]
}

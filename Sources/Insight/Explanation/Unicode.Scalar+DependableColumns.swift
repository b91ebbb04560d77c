import CharLSTM

extension Unicode.Scalar {
  /// The number of columns that every terminal gives to this scalar if it stands alone.
  ///
  /// That is 1, or 2 for wide East Asian scalars (Unicode Standard Annex 11). It is nil if terminals differ or nothing
  /// is visible: controls, spaces, marks, emoji, and scalars without a shape of their own.
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

  /// Parts of Hangul syllables, and symbols that are wide only since Unicode 16.
  private static let unreliable: [ClosedRange<UInt32>] = [
    0x1100...0x11FF, 0xA960...0xA97F, 0xD7B0...0xD7FF, 0x2630...0x2637, 0x268A...0x268F, 0x4DC0...0x4DFF,
    0x1D300...0x1D37F, 0x3248...0x324F,
  ]
}

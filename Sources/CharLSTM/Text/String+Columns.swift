extension String {
  /// The number of terminal columns of a text without control characters. An ideograph, an emoji or a wide form takes
  /// two columns and a mark takes none. A character of several scalars takes as many columns as its widest scalar.
  package var columns: Int { reduce(0) { $0 + ($1.unicodeScalars.lazy.map(\.columns).max() ?? 0) } }

  /// The text with spaces appended to reach a number of columns.
  package func padded(to columns: Int) -> String {
    self + String(repeating: " ", count: max(0, columns - self.columns))
  }

  /// The text with spaces before it to reach a number of columns.
  package func leftPadded(to columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - self.columns)) + self
  }

  /// The text without the spaces at its end.
  package var withoutTrailingSpaces: String {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[...last])
  }

  /// The text as lines of whole words. No line is wider than `columns`, unless a single word is.
  package func wrapped(to columns: Int) -> [String] {
    var lines: [String] = []
    var width = 0
    for word in split(separator: " ") {
      let wordWidth = String(word).columns
      if lines.isEmpty || width + 1 + wordWidth > columns {
        lines.append(String(word))
        width = wordWidth
      } else {
        lines[lines.count - 1] += " " + word
        width += 1 + wordWidth
      }
    }
    return lines
  }
}

extension Unicode.Scalar {
  fileprivate var columns: Int {
    if value < 0x300 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return properties.isEmojiPresentation || isWide ? 2 : 1
    }
  }
}

extension Unicode.Scalar {
  /// Whether the scalar takes two columns, as East Asian characters do.
  package var isWide: Bool { Self.wide.contains { $0.contains(value) } }

  /// The scalars whose East_Asian_Width is W or F (Unicode Standard Annex 11), without emoji.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
    0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD,
  ]
}

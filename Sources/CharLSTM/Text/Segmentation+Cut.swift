extension Segmentation {
  /// The last place after `searched` bytes where a text can be cut, whatever follows; nil if there is none.
  ///
  /// There is a character boundary at every such place. And searching the parts finds the same first invalid byte as
  /// searching the whole text. The places depend on the unit:
  ///
  /// - `byte`: anywhere.
  /// - `scalar`: before every byte that does not continue a sequence. Also after four continuation bytes in a row,
  ///   which valid text cannot contain.
  /// - `character`: after a line feed (Unicode Standard Annex 29, rule GB4); between two ASCII bytes other than CR LF
  ///   (GB999); and between two ideographs, kana or Hangul syllables, because a text may have many of them without a
  ///   line feed.
  ///
  /// - Parameter searched: The number of bytes that are known to contain no such place before the last byte.
  /// - Complexity: O(bytes after the place).
  static func lastCut(in bytes: [UInt8], after searched: Int, unit: TextUnit) -> Int? {
    let count = bytes.count
    switch unit {
    case .byte: return count > 0 ? count : nil
    case .scalar:
      var index = count - 1
      while index > 0 && index >= count - 4 {
        if bytes[index] & 0xC0 != 0x80 { return index }
        index -= 1
      }
      return count > 4 ? count : nil
    case .character:
      if bytes.last == 0x0A { return count }
      var index = count - 1
      while index > 0 && index >= searched {
        if isBoundary(in: bytes, at: index) { return index }
        index -= 1
      }
      return nil
    }
  }

  private static func isBoundary(in bytes: [UInt8], at index: Int) -> Bool {
    let (previous, next) = (bytes[index - 1], bytes[index])
    if previous == 0x0A { return true }
    if (previous | next) < 0x80 { return !(previous == 0x0D && next == 0x0A) }
    // two sequences of three bytes; they need not be valid, because the second one starts a new sequence in any case
    guard index >= 3 && index + 3 <= bytes.count && bytes[index - 3] & 0xF0 == 0xE0 && next & 0xF0 == 0xE0 else {
      return false
    }
    return isPlain(decode(bytes, at: index - 3).0, kinds) && isPlain(decode(bytes, at: index).0, kinds)
  }
}

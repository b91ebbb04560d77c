extension Segmentation {
  /// The last place after `searched` bytes at which a text may be cut, whatever follows: there is certainly a boundary of the
  /// unit, and the first byte that is no UTF-8 is found at the same place in the parts as in the whole. Nil if there is none.
  ///
  /// - `byte`: anywhere.
  /// - `scalar`: before every byte that continues no sequence, and after four that do, for valid text has no such four.
  /// - `character`: after a line feed (Unicode Standard Annex 29, rule GB4), and between two bytes of ASCII other than
  ///   CR LF (GB999).
  ///
  /// - Parameter searched: bytes of which it is known that there is no such place before the last of them.
  /// - Complexity: O(bytes behind the place).
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
        let previous = bytes[index - 1]
        if previous == 0x0A { return index }
        if (previous | bytes[index]) < 0x80 && !(previous == 0x0D && bytes[index] == 0x0A) { return index }
        index -= 1
      }
      return nil
    }
  }
}

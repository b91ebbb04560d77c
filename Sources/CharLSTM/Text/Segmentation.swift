/// Cuts UTF-8 text in characters of a unit, fast where the text allows it.
///
/// Extended grapheme clusters (Unicode Standard Annex 29) are mostly single scalars, or a letter with marks on it. Between two
/// plain scalars (`ScalarKind`) there is always a boundary, whatever stands around them, and between a mark and a plain scalar
/// too; only the stretches in which something else stands are given to Swift's own segmentation.
enum Segmentation {
  /// A character: its bytes, and its scalar where it has only one.
  struct Piece {
    let range: Range<Int>
    let scalar: UInt32?
  }

  /// Where the first sequence begins that is no UTF-8; nil where there is none, and for bytes, of which all are good.
  static func firstInvalid(in bytes: [UInt8], unit: TextUnit) -> Int? {
    if unit == .byte { return nil }
    do { _ = try UTF8Span(validating: bytes.span) } catch { return error.byteOffsets.lowerBound }
    return nil
  }

  /// Calls `body` with every character of valid UTF-8 text; `body` says whether to go on.
  @inline(__always)
  static func forEachPiece(in bytes: [UInt8], unit: TextUnit, _ body: (Piece) -> Bool) {
    forEachRun(
      in: bytes, unit: unit,
      run: { range in
        for index in range where !body(Piece(range: index..<index + 1, scalar: UInt32(bytes[index]))) { return false }
        return true
      },
      piece: body)
  }

  /// Calls `run` with stretches in which each byte is a character by itself, and `piece` with every other character, in
  /// the order of the text; both say whether to go on.
  ///
  /// Loops over a run keep to one table of 256 places, which makes ASCII several times as fast as character by character.
  @inline(__always)
  static func forEachRun(in bytes: [UInt8], unit: TextUnit, run: (Range<Int>) -> Bool, piece: (Piece) -> Bool) {
    switch unit {
    case .byte: _ = run(bytes.indices)
    case .scalar:
      var index = 0
      while index < bytes.count {
        var end = index
        while end < bytes.count && bytes[end] < 0x80 { end += 1 }
        if end > index {
          guard run(index..<end) else { return }
          index = end
          continue
        }
        let (scalar, length) = decode(bytes, at: index)
        guard piece(Piece(range: index..<index + length, scalar: scalar)) else { return }
        index += length
      }
    case .character: forEachCluster(in: bytes, run: run, piece: piece)
    }
  }

  @inline(__always)
  private static func forEachCluster(in bytes: [UInt8], run: (Range<Int>) -> Bool, piece: (Piece) -> Bool) {
    let kinds = Self.kinds
    let count = bytes.count
    var index = 0
    // where a block is worth looking at again after one that was not all ASCII
    var nextBlock = 0
    while index < count {
      if bytes[index] < 0x80 && (index + 1 == count || bytes[index + 1] < 0x80) {
        if index >= nextBlock {
          let end = endOfBlocks(bytes, from: index)
          nextBlock = end + blockSize
          if end > index {
            guard run(index..<end) else { return }
            index = end
            continue
          }
        }
        let length = bytes[index] == 0x0D && index + 1 < count && bytes[index + 1] == 0x0A ? 2 : 1
        let scalar = length == 1 ? UInt32(bytes[index]) : nil
        guard piece(Piece(range: index..<index + length, scalar: scalar)) else { return }
        index += length
        continue
      }
      let (scalar, length) = decode(bytes, at: index)
      let next = index + length
      if next == count || (isPlain(scalar, kinds) && isPlain(decode(bytes, at: next).0, kinds)) {
        guard piece(Piece(range: index..<next, scalar: scalar)) else { return }
        index = next
        continue
      }
      let marked = endOfMarks(bytes, from: next, kinds)
      // marks stand alone after a control character (rule GB4)
      if marked > next && isPlain(scalar, kinds) && scalar >= 0x20 && scalar != 0x7F
        && (marked == count || isPlain(decode(bytes, at: marked).0, kinds))
      {
        guard piece(Piece(range: index..<marked, scalar: nil)) else { return }
        index = marked
        continue
      }
      let end = endOfStretch(bytes, from: index, kinds)
      guard forEachSwiftCharacter(in: bytes, index..<end, piece) else { return }
      index = end
    }
  }

  private static let blockSize = 16
  /// Blocks are handed on before they have left the cache.
  private static let longestRun = 4096

  /// The end of the whole blocks from `start` on in which every byte is a character by itself, whatever follows.
  @inline(__always)
  private static func endOfBlocks(_ bytes: [UInt8], from start: Int) -> Int {
    var end = start
    // the byte after a block decides whether a mark stands on its last one
    while end &+ blockSize < bytes.count && end &- start < longestRun {
      // without a branch in the middle, a block is looked at in a few instructions
      let block = bytes.span.extracting(end..<end &+ blockSize)
      var foreign = bytes[end &+ blockSize]
      for offset in 0..<blockSize {
        let byte = block[offset]
        // the highest bit is set in bytes that are not ASCII, and by the subtraction for a carriage return
        foreign |= byte | ((byte ^ 0x0D) &- 1)
      }
      if foreign >= 0x80 { break }
      end = end &+ blockSize
    }
    return end
  }

  /// The end of the marks that stand at `start`.
  @inline(__always)
  private static func endOfMarks(_ bytes: [UInt8], from start: Int, _ kinds: [ScalarKind]) -> Int {
    var end = start
    while end < bytes.count {
      let (scalar, length) = decode(bytes, at: end)
      guard scalar < 0x1_0000 && kinds[Int(scalar)] == .mark else { break }
      end += length
    }
    return end
  }

  /// The next place after `start` where two plain scalars meet, or the end.
  private static func endOfStretch(_ bytes: [UInt8], from start: Int, _ kinds: [ScalarKind]) -> Int {
    var index = start
    var previousIsPlain = false
    while index < bytes.count {
      let (scalar, length) = decode(bytes, at: index)
      let scalarIsPlain = isPlain(scalar, kinds)
      // "\r\n" is the one pair of plain scalars that stays together
      if index > start && previousIsPlain && scalarIsPlain && !(scalar == 0x0A && bytes[index - 1] == 0x0D) {
        return index
      }
      previousIsPlain = scalarIsPlain
      index += length
    }
    return index
  }

  @inline(__always)
  private static func forEachSwiftCharacter(
    in bytes: [UInt8], _ range: Range<Int>, _ body: (Piece) -> Bool
  ) -> Bool {
    var start = range.lowerBound
    for character in String(decoding: bytes[range], as: UTF8.self) {
      var length = 0
      var first: UInt32 = 0
      var scalars = 0
      for scalar in character.unicodeScalars {
        if scalars == 0 { first = scalar.value }
        scalars += 1
        length += UTF8.width(scalar)
      }
      guard body(Piece(range: start..<start + length, scalar: scalars == 1 ? first : nil)) else { return false }
      start += length
    }
    return true
  }

  /// The scalar at a place of valid UTF-8, and the bytes it takes.
  @inline(__always)
  static func decode(_ bytes: [UInt8], at index: Int) -> (UInt32, Int) {
    let first = UInt32(bytes[index])
    func continuation(_ offset: Int) -> UInt32 { UInt32(bytes[index + offset] & 0x3F) }
    if first < 0x80 { return (first, 1) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | continuation(1), 2) }
    if first < 0xF0 { return ((first & 0x0F) << 12 | continuation(1) << 6 | continuation(2), 3) }
    return ((first & 0x07) << 18 | continuation(1) << 12 | continuation(2) << 6 | continuation(3), 4)
  }
}

/// Cuts UTF-8 text into characters, with a fast path for common text.
///
/// Most extended grapheme clusters (Unicode Standard Annex 29) are single scalars, or a letter with marks. There is
/// always a boundary between two plain scalars (`ScalarKind`), whatever surrounds them, and between a mark and a plain
/// scalar. Only the stretches that contain other scalars go to Swift's own segmentation.
enum Segmentation {
  /// A character: the range of its bytes, and its scalar if it has only one.
  struct Piece {
    let range: Range<Int>
    let scalar: UInt32?
  }

  /// The start of the first sequence that is not valid UTF-8; nil if there is none. Bytes are always valid for the unit
  /// `byte`.
  static func firstInvalid(in bytes: [UInt8], unit: TextUnit) -> Int? {
    if unit == .byte { return nil }
    do { _ = try UTF8Span(validating: bytes.span) } catch { return error.byteOffsets.lowerBound }
    return nil
  }

  /// Calls `body` with every character of valid UTF-8 text. `body` returns whether to continue.
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

  /// Calls `run` with stretches in which each byte is one character, and `piece` with every other character, in text
  /// order. Both return whether to continue.
  ///
  /// A loop over a run needs only one table of 256 entries. This makes ASCII several times as fast as a call per
  /// character.
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
    // the next place to look for a block, after a block that was not all ASCII
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
      // after a control character a mark is a cluster of its own (rule GB4)
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
  /// A run is passed on while it is still in the cache.
  private static let longestRun = 4096

  /// The end of the whole blocks, starting at `start`, in which every byte is one character, whatever follows.
  @inline(__always)
  private static func endOfBlocks(_ bytes: [UInt8], from start: Int) -> Int {
    var end = start
    // the byte after a block shows whether a mark joins the block's last byte
    while end &+ blockSize < bytes.count && end &- start < longestRun {
      // without a branch inside, the test of a block takes a few instructions
      let block = bytes.span.extracting(end..<end &+ blockSize)
      var foreign = bytes[end &+ blockSize]
      for offset in 0..<blockSize {
        let byte = block[offset]
        // the highest bit is set in bytes that are not ASCII; the subtraction sets it for a carriage return
        foreign |= byte | ((byte ^ 0x0D) &- 1)
      }
      if foreign >= 0x80 { break }
      end = end &+ blockSize
    }
    return end
  }

  /// The end of the marks that begin at `start`.
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

  /// The next place after `start` where two plain scalars meet, or the end of the text.
  private static func endOfStretch(_ bytes: [UInt8], from start: Int, _ kinds: [ScalarKind]) -> Int {
    var index = start
    var previousIsPlain = false
    while index < bytes.count {
      let (scalar, length) = decode(bytes, at: index)
      let scalarIsPlain = isPlain(scalar, kinds)
      // "\r\n" is the only pair of plain scalars that stays together
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

  /// The scalar at an index of valid UTF-8, and its length in bytes.
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

extension Vocabulary {
  /// Converts a whole text to ids, one for each character.
  ///
  /// - Parameter bytes: UTF-8, or any bytes if the unit is `byte`.
  /// - Throws: The first error in the text: `VocabularyError.invalidUTF8`, or `unknownCharacter` if the vocabulary has
  ///   no unknown symbol.
  public func tokenize(_ bytes: [UInt8]) throws(VocabularyError) -> TokenSequence {
    switch count {
    case ...256: TokenSequence(bytes: try ids(of: bytes))
    case ...65536: TokenSequence(words: try ids(of: bytes))
    default: TokenSequence(longWords: try ids(of: bytes))
    }
  }

  private func ids<ID: FixedWidthInteger>(of bytes: [UInt8]) throws(VocabularyError) -> [ID] {
    var ids: [ID] = []
    let count = try write(idsOf: bytes, to: &ids)
    ids.removeLast(ids.count - count)
    return ids
  }

  /// Writes the ids of a text to the beginning of `ids`. The text may be a part that begins and ends between two
  /// characters.
  ///
  /// `ids` grows if it has fewer elements than there are bytes.
  ///
  /// - Returns: The number of ids.
  /// - Throws: As `tokenize`.
  /// - Precondition: Every id fits in `ID`.
  func write<ID: FixedWidthInteger>(idsOf bytes: [UInt8], to ids: inout [ID]) throws(VocabularyError) -> Int {
    guard let invalid = Segmentation.firstInvalid(in: bytes, unit: unit) else {
      return try write(idsOfValid: bytes, to: &ids)
    }
    do throws(VocabularyError) {
      _ = try write(idsOfValid: Array(bytes[..<invalid]), to: &ids)
    } catch {
      // the bytes just before the invalid ones may be an incomplete character
      if case .unknownCharacter(let character, let offset) = error, offset + character.utf8.count < invalid {
        throw error
      }
    }
    throw .invalidUTF8(byteOffset: invalid)
  }

  private func write<ID: FixedWidthInteger>(
    idsOfValid bytes: [UInt8], to ids: inout [ID]
  ) throws(VocabularyError) -> Int {
    // a character has at least one byte, so this room is enough and the loop can write by index
    if ids.count < bytes.count { ids.append(contentsOf: repeatElement(0, count: bytes.count - ids.count)) }
    let unknown = unknownID
    let bytesAlone = (0..<256).map { byte in
      let id = singles[UInt32(byte)]
      return id >= 0 ? Int32(truncatingIfNeeded: id) : unknown ?? -1
    }
    var count = 0
    var missing: Range<Int>?
    Segmentation.forEachRun(
      in: bytes, unit: unit,
      run: { range in
        if let foreign = Self.write(bytes, range, ids: bytesAlone, to: &ids, from: count) {
          missing = foreign..<foreign + 1
          return false
        }
        count += range.count
        return true
      },
      piece: { piece in
        guard let id = id(of: piece, in: bytes) ?? unknown else {
          missing = piece.range
          return false
        }
        ids[count] = ID(truncatingIfNeeded: id)
        count += 1
        return true
      })
    if let missing {
      throw .unknownCharacter(
        UnknownCharacter(utf8: Array(bytes[missing]), unit: unit), byteOffset: missing.lowerBound)
    }
    return count
  }

  /// Writes the ids of bytes that are one character each, from index `start` on.
  /// - Returns: The index of the first byte without an id; nil if all have one.
  // a function of its own, so that the arrays are checked once per run and not once per character
  @inline(never)
  private static func write<ID: FixedWidthInteger>(
    _ bytes: [UInt8], _ range: Range<Int>, ids table: [Int32], to ids: inout [ID], from start: Int
  ) -> Int? {
    let text = bytes.span.extracting(range)
    var places = ids.mutableSpan
    let table = table.span.extracting(first: 256)
    var signs: Int32 = 0
    for index in text.indices {
      let id = table[Int(text[index])]
      signs |= id
      places[start &+ index] = ID(truncatingIfNeeded: id)
    }
    if signs < 0 { for index in range where table[Int(bytes[index])] < 0 { return index } }
    return nil
  }
}

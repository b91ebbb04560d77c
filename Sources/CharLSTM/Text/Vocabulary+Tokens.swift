extension Vocabulary {
  /// A whole text as ids, one for each character of the unit.
  ///
  /// - Parameter bytes: UTF-8, or anything for the unit `byte`.
  /// - Throws: what comes first in the text: `VocabularyError.invalidUTF8`, or `unknownCharacter` where there is no unknown
  ///   symbol to stand for it.
  public func tokenize(_ bytes: [UInt8]) throws(VocabularyError) -> TokenSequence {
    switch count {
    case ...256: TokenSequence(bytes: try ids(of: bytes, as: UInt8.self))
    case ...65536: TokenSequence(words: try ids(of: bytes, as: UInt16.self))
    default: TokenSequence(longWords: try ids(of: bytes, as: Int32.self))
    }
  }

  /// The ids of a text or of a part that begins and ends between two characters.
  ///
  /// - Throws: as `tokenize` does.
  /// - Precondition: the vocabulary's size is within `ID`.
  func ids<ID: FixedWidthInteger>(of bytes: [UInt8], as type: ID.Type) throws(VocabularyError) -> [ID] {
    guard let invalid = Segmentation.firstInvalid(in: bytes, unit: unit) else { return try ids(ofValid: bytes, as: type) }
    do throws(VocabularyError) {
      _ = try ids(ofValid: Array(bytes[..<invalid]), as: type)
    } catch {
      // what stands right before the invalid bytes may be only the beginning of a character
      if case .unknownCharacter(let character, let offset) = error, offset + character.utf8.count < invalid { throw error }
    }
    throw .invalidUTF8(byteOffset: invalid)
  }

  private func ids<ID: FixedWidthInteger>(ofValid bytes: [UInt8], as type: ID.Type) throws(VocabularyError) -> [ID] {
    let unknown = unknownID
    let bytesAlone = (0..<256).map { byte in
      let id = singles[UInt32(byte)]
      return id >= 0 ? Int32(truncatingIfNeeded: id) : unknown ?? -1
    }
    // no character is shorter than a byte: written by index, without growing
    var ids = [ID](repeating: 0, count: bytes.count)
    var count = 0
    var missing: Range<Int>?
    Segmentation.forEachRun(
      in: bytes, unit: unit,
      run: { range in
        let foreign = Self.append(bytes, range, ids: bytesAlone, to: &ids, &count)
        if let foreign {
          missing = foreign..<foreign + 1
          return false
        }
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
    ids.removeLast(ids.count - count)
    return ids
  }

  /// Writes the ids of bytes that are characters by themselves from `count` on, as far as the first one without an id, which
  /// is returned.
  // apart from the loop over the text, so that the array is checked once a run and not once a character
  @inline(never)
  private static func append<ID: FixedWidthInteger>(
    _ bytes: [UInt8], _ range: Range<Int>, ids table: [Int32], to ids: inout [ID], _ count: inout Int
  ) -> Int? {
    var next = count
    for index in range {
      let id = table[Int(bytes[index])]
      guard id >= 0 else { return index }
      ids[next] = ID(truncatingIfNeeded: id)
      next += 1
    }
    count = next
    return nil
  }
}

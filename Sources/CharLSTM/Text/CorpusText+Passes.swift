/// The two passes over a text: one counts its characters, one writes their ids. Both return the digest at each file's end.
extension CorpusText {
  /// - Throws: `CorpusError.invalidUTF8`, `unreadable`, `isFolder` or `changedWhileReading`.
  func characterCounts(
    unit: TextUnit, threads: Int, chunkSize: Int
  ) throws(CorpusError) -> (counts: CharacterCounts, digests: [TextDigest]) {
    var counts = CharacterCounts(unit: unit)
    let digests = try forEachChunk(unit: unit, threads: threads, chunkSize: chunkSize, value: counts) {
      (chunk, counts) throws(VocabularyError) in
      counts = try CharacterCounts(of: chunk.bytes, unit: unit)
    } take: {
      counts.add($0)
    }
    return (counts, digests)
  }

  /// - Parameter capacity: ids that there will be, or the most that there can be.
  /// - Throws: as `characterCounts`, or `CorpusError.unknownCharacter`.
  func tokens(
    _ vocabulary: Vocabulary, capacity: Int, threads: Int, chunkSize: Int
  ) throws(CorpusError) -> (tokens: TokenSequence, digests: [TextDigest]) {
    func pass<ID: FixedWidthInteger>(_ type: ID.Type) throws(CorpusError) -> (ids: [ID], digests: [TextDigest]) {
      var ids: [ID] = []
      ids.reserveCapacity(capacity)
      let digests = try forEachChunk(
        unit: vocabulary.unit, threads: threads, chunkSize: chunkSize, value: (block: [ID](), count: 0)
      ) { (chunk, ids) throws(VocabularyError) in
        ids.count = try vocabulary.write(idsOf: chunk.bytes, to: &ids.block)
      } take: {
        ids += $0.block[..<$0.count]
      }
      return (ids, digests)
    }
    switch vocabulary.count {
    case ...256:
      let (ids, digests) = try pass(UInt8.self)
      return (TokenSequence(bytes: ids), digests)
    case ...65536:
      let (ids, digests) = try pass(UInt16.self)
      return (TokenSequence(words: ids), digests)
    default:
      let (ids, digests) = try pass(Int32.self)
      return (TokenSequence(longWords: ids), digests)
    }
  }
}

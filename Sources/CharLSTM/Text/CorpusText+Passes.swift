/// The two passes over a text: the first counts its characters, the second writes their ids. Both return the digest at
/// the end of each file.
extension CorpusText {
  /// Counts the characters of the text.
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

  /// Writes the id of every character of the text.
  /// - Parameter capacity: The number of ids, or an upper bound for it.
  /// - Throws: As `characterCounts`, or `CorpusError.unknownCharacter`.
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

import TestSupport
import Testing

@testable import CharLSTM

extension CorpusText {
  /// All chunks of the text, without the empty one at the end.
  func chunks(_ unit: TextUnit, _ size: Int) throws -> [TextChunk] {
    var reader = TextChunkReader(self, unit: unit, chunkSize: size)
    var chunks: [TextChunk] = []
    var chunk = TextChunk()
    while true {
      try reader.read(&chunk)
      if chunk.bytes.isEmpty { return chunks }
      chunks.append(chunk)
    }
  }
}

@Suite struct TextChunkReaderTests {
  @Test func aScalarIsNotCutWhereAChunkWouldEnd() throws {
    // a, é in two bytes, 😀 in four, b
    let bytes = Array("aé😀b".utf8)
    let text = CorpusText(bytes: bytes)
    let pairs = try text.chunks(.scalar, 2)
    // 😀 ends only where b begins: two bytes grow to four, then to eight, which the text has not
    #expect(pairs.map(\.bytes) == [[0x61], [0xC3, 0xA9], [0xF0, 0x9F, 0x98, 0x80, 0x62]])
    #expect(pairs.map(\.start) == [0, 1, 3])
    // five bytes end within 😀, which then begins the next chunk
    let fives = try text.chunks(.scalar, 5)
    #expect(fives.map(\.bytes) == [Array(bytes[..<3]), Array(bytes[3..<7]), [0x62]])
    // bytes are cut anywhere
    #expect(try text.chunks(.byte, 5).map(\.bytes) == [Array(bytes[..<5]), Array(bytes[5...])])
  }

  @Test func aScalarMaySpanFourFiles() throws {
    let folder = try TemporaryFolder()
    for (index, byte) in "😀".utf8.enumerated() { try folder.write([byte], to: "\(index)") }
    let text = try CorpusText(paths: (0..<4).map { folder("\($0)") })
    for size in 1...5 {
      for unit in [TextUnit.scalar, .character] {
        #expect(try text.chunks(unit, size).map(\.bytes) == [[0xF0, 0x9F, 0x98, 0x80]])
      }
    }
    #expect(try text.chunks(.byte, 3).map(\.bytes) == [[0xF0, 0x9F, 0x98], [0x80]])
  }

  /// Valid text has no more than three continuation bytes in a row; a chunk must not grow to the end of what is no
  /// text.
  @Test func bytesThatAreNoTextDoNotGrowAChunkWithoutEnd() throws {
    let text = CorpusText(bytes: [UInt8](repeating: 0x80, count: 19))
    // four bytes might still be the end of a scalar, and then the limit doubles
    #expect(try text.chunks(.scalar, 4).map(\.bytes.count) == [8, 8, 3])
    #expect(try text.chunks(.scalar, 6).map(\.bytes.count) == [6, 6, 6, 1])
  }

  @Test func theEndIsReadAgainAndAgain() throws {
    var reader = TextChunkReader(CorpusText(bytes: Array("ab".utf8)), unit: .byte, chunkSize: 10)
    // what stood there before does not matter
    var chunk = TextChunk(bytes: [1, 2, 3], start: 77)
    try reader.read(&chunk)
    let first = chunk
    #expect(first.bytes == Array("ab".utf8) && first.start == 0)
    for _ in 0..<2 {
      chunk.bytes = [9]
      try reader.read(&chunk)
      let last = chunk
      #expect(last.bytes.isEmpty && last.start == 2)
    }
  }

  @Test(arguments: TextUnit.allCases) func aTextWithoutBytesHasNoChunk(unit: TextUnit) throws {
    #expect(try CorpusText(bytes: []).chunks(unit, 1).isEmpty)
    #expect(try CorpusText(paths: []).chunks(unit, 1).isEmpty)
  }

  @Test func aDigestIsKeptForTheEndOfEveryFile() throws {
    let folder = try TemporaryFolder()
    let parts = ["ab\n", "", "cdefghijk\n", "l"]
    for (index, part) in parts.enumerated() { try folder.write(Array(part.utf8), to: "\(index)") }
    let text = try CorpusText(paths: parts.indices.map { folder("\($0)") })
    var expected: [TextDigest] = []
    var digest = TextDigest(byteCount: 14)
    for part in parts {
      digest.update(Array(part.utf8), 0..<part.utf8.count)
      expected.append(digest)
    }
    for size in [1, 4, 100] {
      var reader = TextChunkReader(text, unit: .character, chunkSize: size)
      var chunk = TextChunk()
      repeat { try reader.read(&chunk) } while !chunk.bytes.isEmpty
      let (digests, last) = (reader.digestsOfSources, reader.digest)
      #expect(digests == expected)
      #expect(last == digest)
    }
  }

  /// The characters before the fault are read first, and the fault is there for whoever reads on.
  @Test(arguments: [("ab", 5, 6), ("abcd", 6, 7)])
  func aFileThatChangedFailsAfterTheWholeCharactersBefore(other: String, characters: Int, bytes: Int) throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] { try folder.write(Array("abc\n".utf8.prefix(name == "a" ? 4 : 3)), to: name) }
    let text = try CorpusText(paths: [folder("a"), folder("b")])
    try folder.write(Array(other.utf8), to: "b")
    let error = CorpusError.changedWhileReading(path: folder("b"))

    var reader = TextChunkReader(text, unit: .character, chunkSize: 100)
    var chunk = TextChunk()
    try reader.read(&chunk)
    let first = chunk
    #expect(first.bytes == Array("abc\nabc".utf8.prefix(characters)))
    for _ in 0..<2 {
      var found: CorpusError?
      do throws(CorpusError) { try reader.read(&chunk) } catch { found = error }
      let rest = chunk
      #expect(found == error)
      #expect(rest.bytes.isEmpty && rest.start == characters)
    }
    let digests = reader.digestsOfSources
    #expect(digests.count == 1)

    // in bytes all that could be read is whole
    var byteReader = TextChunkReader(text, unit: .byte, chunkSize: 100)
    try byteReader.read(&chunk)
    let all = chunk
    #expect(all.bytes == Array("abc\nabc".utf8.prefix(bytes)))
  }
}

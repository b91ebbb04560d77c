import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct CorpusTextTests {
  @Test func filesAreOneText() throws {
    let folder = try TemporaryFolder()
    let parts: [[UInt8]] = [[0x61], [], [0xC3], [0xA9, 0x0D], [0x0A, 0x62]]
    for (index, part) in parts.enumerated() { try folder.write(part, to: "\(index)") }
    let text = try CorpusText(paths: (0..<5).map { folder("\($0)") })
    let bytes = Array("aé\r\nb".utf8)
    #expect(text.byteCount == 6)
    #expect(try text.bytes() == bytes)
    #expect(try text.digest() == CorpusText(bytes: bytes).digest())
    let places = (0..<6).map { text.place(of: $0) }
    #expect(places.map(\.path) == [0, 2, 3, 3, 4, 4].map { folder("\($0)") })
    #expect(places.map(\.offset) == [0, 0, 0, 1, 0, 1])
    for size in 1...7 {
      #expect(try text.chunks(.character, size).flatMap(\.bytes) == bytes)
      #expect(try text.chunks(.scalar, size).allSatisfy { $0.bytes != [0xC3] && $0.bytes[0] != 0xA9 })
    }
  }

  @Test func chunksFollowOneAnother() throws {
    let bytes = Array(VocabularyTests.nasty.joined(separator: "\n").utf8)
    for unit in TextUnit.allCases {
      for size in [1, 2, 3, 7, 16, 100, bytes.count, bytes.count + 1] {
        let chunks = try CorpusText(bytes: bytes).chunks(unit, size)
        #expect(chunks.flatMap(\.bytes) == bytes)
        var start = 0
        for chunk in chunks {
          #expect(chunk.start == start)
          start += chunk.bytes.count
        }
        if unit == .byte { #expect(chunks.count == (bytes.count + size - 1) / size) }
      }
    }
  }

  @Test func chunksAreAsLongAsTheyMustBe() throws {
    let text = CorpusText(bytes: Array("abcdefgh".utf8))
    #expect(try text.chunks(.character, 4).map(\.bytes.count) == [3, 3, 2])
    let lines = CorpusText(bytes: Array("abc\ndefg\n".utf8))
    #expect(try lines.chunks(.character, 4).map(\.bytes.count) == [4, 3, 2])
    // nowhere to cut: one chunk
    let marks = CorpusText(bytes: Array(("a" + String(repeating: "\u{301}", count: 50)).utf8))
    #expect(try marks.chunks(.character, 4).map(\.bytes.count) == [101])
  }

  @Test func aPipeIsReadOnce() throws {
    let folder = try TemporaryFolder()
    let path = folder("fifo")
    #expect(mkfifo(path, 0o600) == 0)
    let bytes = Array("through a pipe, é\n".utf8)
    let writer = Thread {
      do {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.write(contentsOf: bytes)
        try file.close()
      } catch { Issue.record(error) }
    }
    writer.start()
    let text = try CorpusText(paths: [path])
    #expect(text.byteCount == bytes.count)
    // twice the same, though the pipe is empty now
    #expect(try text.bytes() == bytes)
    let corpus = try Corpus(text, unit: .character)
    #expect(corpus.tokens.count == bytes.count - 1)
    #expect(try corpus.digest == CorpusText(bytes: bytes).digest())
  }

  /// Files of the system have no length before they are read.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/version")))
  func aFileThatIsMadeUpAsItIsRead() throws {
    let text = try CorpusText(paths: ["/proc/version"])
    #expect(text.byteCount > 0)
    #expect(try text.bytes().last == 0x0A)
  }

  @Test func aFileThatChangesAfterwardsIsNamed() throws {
    let folder = try TemporaryFolder()
    let path = folder("b")
    try folder.write(Array("a".utf8), to: "a")
    try folder.write(Array("text".utf8), to: "b")
    let text = try CorpusText(paths: [folder("a"), path])
    for other in ["tex", "", "text that grew"] {
      try folder.write(Array(other.utf8), to: "b")
      #expect(throws: CorpusError.changedWhileReading(path: path)) { try text.bytes() }
      #expect(throws: CorpusError.changedWhileReading(path: path)) { try text.digest() }
      for unit in TextUnit.allCases {
        #expect(throws: CorpusError.changedWhileReading(path: path)) { try Corpus(text, unit: unit, threads: 2) }
      }
    }
    try FileManager.default.removeItem(atPath: path)
    #expect(throws: CorpusError.unreadable(path: path, errno: ENOENT)) { try text.bytes() }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(throws: CorpusError.isFolder(path: path)) { try text.bytes() }
  }
}

import Foundation
import TestSupport
import Testing

@testable import CharLSTM

/// Neither the size of the chunks nor the number of threads can be seen in the result.
@Suite struct CorpusChunksTests {
  private static let sizes = [1, 2, 3, 7, 64, 1 << 18]
  private static let text =
    VocabularyTests.nasty.joined(separator: " ") + VocabularyTests.nasty.joined()
    + "\r\n\r\n\n\r🇫🇷🇩🇪🇫🇷👩🏽‍🚀👩🏽‍🚀e\u{301}\u{301}각\u{1100}\u{1161}\u{11A8}क्षत्रिय plain words, and so on\n"

  @Test(arguments: TextUnit.allCases, [1, 2]) func equalTheWhole(unit: TextUnit, minimumCount: Int) throws {
    let bytes = Array(Self.text.utf8)
    let vocabulary = try Vocabulary(unit: unit, countingIn: bytes, minimumCount: minimumCount)
    let tokens = try vocabulary.tokenize(bytes)
    let text = CorpusText(bytes: bytes)
    for size in Self.sizes {
      for threads in [1, 2, 3, 40] {
        let corpus = try Corpus(text, unit: unit, minimumCount: minimumCount, threads: threads, chunkSize: size)
        #expect(corpus.vocabulary == vocabulary)
        #expect(corpus.tokens == tokens, "\(unit), chunks of \(size), \(threads) threads")
        #expect(try corpus.digest == text.digest())
        let again = try Corpus(text, vocabulary: vocabulary, threads: threads, chunkSize: size)
        #expect(again.tokens == tokens)
        #expect(again.digest == corpus.digest)
      }
    }
  }

  /// Cut in files at every byte, between the bytes of a character too.
  @Test func filesEqualTheWhole() throws {
    let folder = try TemporaryFolder()
    let bytes = Array("é\r\n🇫🇷e\u{301}漢 end".utf8)
    for cut in 0...bytes.count {
      try folder.write(Array(bytes[..<cut]), to: "a")
      try folder.write(Array(bytes[cut...]), to: "b")
      let text = try CorpusText(paths: [folder("a"), folder("b")])
      for unit in TextUnit.allCases {
        let whole = try Corpus(CorpusText(bytes: bytes), unit: unit)
        for size in [1, 3, 100] {
          let corpus = try Corpus(text, unit: unit, threads: 2, chunkSize: size)
          #expect(corpus.vocabulary == whole.vocabulary && corpus.tokens == whole.tokens)
          #expect(corpus.digest == whole.digest)
        }
      }
    }
  }

  /// Wide ids, from many chunks.
  @Test(arguments: [(300, 2), (66000, 4)]) func idsOfTwoAndFourBytes(size: Int, bytesPerToken: Int) throws {
    let scalars = (0..<size).compactMap { Unicode.Scalar(0x1_0000 + UInt32($0)) }
    let bytes = Array(String(String.UnicodeScalarView(scalars + scalars.reversed())).utf8)
    let corpus = try Corpus(CorpusText(bytes: bytes), unit: .scalar, threads: 2, chunkSize: 1000)
    #expect(corpus.tokens.bytesPerToken == bytesPerToken)
    #expect(corpus.tokens.count == 2 * size)
    #expect([0, 1, size - 1].map { corpus.tokens[$0] } == [0, 1, Int32(size - 1)])
    #expect([size, 2 * size - 1].map { corpus.tokens[$0] } == [Int32(size - 1), 0])
  }

  @Test(arguments: [
    ([0x61, 0xFF], 1), ([0x61, 0x62, 0xC3, 0x28, 0x63, 0xFF], 2), ([0x61, 0x62, 0x63, 0xE2, 0x82], 3),
    ([0x61, 0xED, 0xA0, 0x80, 0x62], 1), ([0xE2, 0x82, 0xAC, 0x80, 0x80, 0x80, 0x80, 0x80], 3),
    ([0xF0, 0x9F, 0x98, 0x80, 0xF0, 0x9F, 0x98, 0x0A], 4), ([0x0A, 0xF0, 0x8F, 0xBF, 0xBF], 1),
    ([0xF0, 0x9F, 0x98], 0),
    ([0x80, 0x80, 0x80, 0x80, 0x80, 0x80], 0),
  ])
  func theFirstInvalidByteIsPlacedInItsFile(bytes: [Int], offset: Int) throws {
    let folder = try TemporaryFolder()
    let bytes = bytes.map { UInt8($0) }
    for cut in 0...bytes.count {
      try folder.write(Array(bytes[..<cut]), to: "a")
      try folder.write(Array(bytes[cut...]), to: "b")
      let text = try CorpusText(paths: [folder("a"), folder("b")])
      let expected = CorpusError.invalidUTF8(
        path: folder(offset < cut ? "a" : "b"), byteOffset: offset < cut ? offset : offset - cut)
      for unit in [TextUnit.character, .scalar] {
        for size in [1, 2, 3, 7, 100] {
          for threads in [1, 3] {
            #expect(throws: expected) { try Corpus(text, unit: unit, threads: threads, chunkSize: size) }
          }
        }
      }
    }
  }

  /// Several things are wrong: the first one in the text is told, whichever thread finds another.
  @Test func theFirstErrorIsTold() throws {
    let vocabulary = try Vocabulary(unit: .character, countingIn: Array("abc\n".utf8))
    let lines = [String](repeating: "abc", count: 200).joined(separator: "\n")
    func unknown(_ text: String, _ offset: Int) -> CorpusError {
      .unknownCharacter(UnknownCharacter(utf8: Array(text.utf8), unit: .character), path: "", byteOffset: offset)
    }
    let texts: [([UInt8], CorpusError)] = [
      (Array((lines + "z" + lines + "y").utf8), unknown("z", 799)),
      (Array((lines + "e\u{301}" + lines + "y").utf8), unknown("e\u{301}", 799)),
      (Array((lines + "z").utf8) + [0x61, 0xFF], unknown("z", 799)),
      (Array(lines.utf8) + [0xFF] + Array("z".utf8), .invalidUTF8(path: "", byteOffset: 799)),
      // a letter whose accent is damaged is not what is wrong
      (Array((lines + "é").utf8) + [0xCC], .invalidUTF8(path: "", byteOffset: 801)),
    ]
    for (bytes, expected) in texts {
      for size in [1, 2, 3, 7, 50, 10000] {
        for threads in [1, 2, 5] {
          #expect(throws: expected) {
            try Corpus(CorpusText(bytes: bytes), vocabulary: vocabulary, threads: threads, chunkSize: size)
          }
        }
      }
    }
  }

  /// What is wrong in the text comes before a file behind it that cannot be read to its end.
  @Test func textComesBeforeTheFileAfterIt() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("abc\nab".utf8) + [0xFF, 0x0A], to: "a")
    try folder.write(Array("abc".utf8), to: "b")
    let text = try CorpusText(paths: [folder("a"), folder("b")])
    try folder.write(Array("ab".utf8), to: "b")
    for size in [1, 4, 8] {
      for threads in [1, 4] {
        #expect(throws: CorpusError.invalidUTF8(path: folder("a"), byteOffset: 6)) {
          try Corpus(text, unit: .character, threads: threads, chunkSize: size)
        }
      }
    }
  }

  /// Of the same length, and of characters that were all counted: only the digest can tell.
  @Test(arguments: ["abce\n", "abcd", "abcd\nabcd\n", "dcba\n", "abzd\n"], [1, 2])
  func aFileThatChangesBetweenThePassesIsNamed(other: String, threads: Int) throws {
    let folder = try TemporaryFolder()
    for name in ["first", "second", "third"] { try folder.write(Array("abcd\n".utf8), to: name) }
    let text = try CorpusText(paths: ["first", "second", "third"].map { folder($0) })
    for unit in TextUnit.allCases {
      try folder.write(Array("abcd\n".utf8), to: "second")
      #expect(throws: CorpusError.changedWhileReading(path: folder("second"))) {
        try Corpus(text, unit: unit, threads: threads, chunkSize: 4) {
          do { try folder.write(Array(other.utf8), to: "second") } catch { Issue.record(error) }
        }
      }
    }
    try folder.write(Array("abcd\n".utf8), to: "second")
    #expect(try Corpus(text, unit: .character, threads: threads, chunkSize: 4) {}.tokens.count == 15)
  }

  @Test func bytesThatAreNoTextAnyMoreAreAChange() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("abcd\n".utf8), to: "a")
    let text = try CorpusText(paths: [folder("a")])
    #expect(throws: CorpusError.changedWhileReading(path: folder("a"))) {
      try Corpus(text, unit: .character, threads: 1, chunkSize: 4) {
        do { try folder.write([0x61, 0x62, 0xFF, 0x64, 0x0A], to: "a") } catch { Issue.record(error) }
      }
    }
  }
}

import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct CorpusTests {
  @Test func theLastPartIsKeptForValidation() throws {
    let corpus = try Corpus(CorpusText(bytes: Array("abcdefghij".utf8)), unit: .character)
    let (training, validation) = corpus.split(validationFraction: 0.25)
    #expect(training.count == 7)
    #expect(validation.count == 3)
    #expect(corpus.vocabulary.decode((0..<3).map { validation[$0] }) == Array("hij".utf8))
    #expect(corpus.split(validationFraction: 0).validation.count == 0)
    // tiny Shakespeare's usual split
    let long = try Corpus(CorpusText(bytes: [UInt8](repeating: 97, count: 1_115_394)), unit: .byte)
    #expect(long.split(validationFraction: 0.1).training.count == 1_003_854)
  }

  @Test func aVocabularyComesFromTheWholeCorpus() throws {
    let corpus = try Corpus(CorpusText(bytes: Array("aaaaaaaaaz".utf8)), unit: .character)
    #expect(corpus.vocabulary.count == 2)
    #expect(corpus.tokens[9] == 1)
  }

  @Test func severalFilesAreOneText() throws {
    let folder = try TemporaryFolder()
    let (a, b) = (folder("a.txt"), folder("b.txt"))
    try Data("one ".utf8).write(to: URL(fileURLWithPath: a))
    try Data([0x74, 0x77, 0xFF]).write(to: URL(fileURLWithPath: b))
    let text = try CorpusText(paths: [a, b])
    #expect(try text.bytes() == Array("one tw".utf8) + [0xFF])
    // the offset is the file's own
    #expect(throws: CorpusError.invalidUTF8(path: b, byteOffset: 2)) { try Corpus(text, unit: .character) }
    #expect(try Corpus(text, unit: .byte).tokens.count == 7)
    let vocabulary = try Vocabulary(unit: .byte, countingIn: Array("one ".utf8))
    #expect(
      throws: CorpusError.unknownCharacter(UnknownCharacter(utf8: [0x74], unit: .byte), path: b, byteOffset: 0)
    ) { try Corpus(text, vocabulary: vocabulary) }
  }

  @Test func whatCannotBeReadIsNamed() throws {
    let folder = try TemporaryFolder()
    let missing = folder("missing.txt")
    #expect(throws: CorpusError.unreadable(path: missing, errno: ENOENT)) { try CorpusText(paths: [missing]) }
    #expect(throws: CorpusError.isFolder(path: folder.path)) { try CorpusText(paths: [folder.path]) }
    #expect(throws: CorpusError.empty(paths: [])) { try Corpus(CorpusText(bytes: []), unit: .byte) }
  }

  @Test func digestsTellTextsApart() throws {
    func digest(_ text: String) throws -> String { try CorpusText(bytes: Array(text.utf8)).digest() }
    #expect(try digest("to be or not to be").count == 16)
    #expect(try digest("to be or not to be") == digest("to be or not to be"))
    let others = [
      "to be or not to bf", "so be or not to be", "to be or not to be ", "to be or not to b", "", "\0", "\0\0",
    ]
    #expect(try Set(others.map(digest) + [digest("to be or not to be")]).count == 8)
  }

  @Test func aFileWithoutBytesMovesNoOffset() throws {
    let folder = try TemporaryFolder()
    let paths = ["a", "empty", "b"].map { folder($0) }
    for (path, text) in zip(paths, ["ab", "", "cd"]) { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
    let text = try CorpusText(paths: paths)
    #expect(try text.bytes() == Array("abcd".utf8))
    let vocabulary = try Vocabulary(unit: .character, characters: ["a", "b", "c"])
    let missing = UnknownCharacter(utf8: [0x64], unit: .character)
    #expect(throws: CorpusError.unknownCharacter(missing, path: paths[2], byteOffset: 1)) {
      try Corpus(text, vocabulary: vocabulary)
    }
    #expect(throws: CorpusError.empty(paths: [paths[1]])) {
      try Corpus(CorpusText(paths: [paths[1]]), unit: .character)
    }
  }
}

import Foundation
import TestSupport
import Testing

@testable import CharLSTM

/// From an offset in a chunk to a file and a place in it.
@Suite struct CorpusErrorTests {
  /// Three bytes, none and two.
  private func text(_ folder: TemporaryFolder) throws -> CorpusText {
    for (name, bytes) in [("a", "abc"), ("empty", ""), ("b", "de")] { try folder.write(Array(bytes.utf8), to: name) }
    return try CorpusText(paths: ["a", "empty", "b"].map { folder($0) })
  }

  @Test func invalidBytesAreCountedFromTheBeginningOfTheirFile() throws {
    let folder = try TemporaryFolder()
    let text = try text(folder)
    for (start, offset, name, place) in [
      (0, 0, "a", 0), (0, 2, "a", 2), (2, 0, "a", 2), (0, 3, "b", 0), (2, 1, "b", 0), (3, 0, "b", 0), (2, 2, "b", 1),
    ] {
      #expect(
        CorpusError(VocabularyError.invalidUTF8(byteOffset: offset), start: start, in: text)
          == .invalidUTF8(path: folder(name), byteOffset: place), "\(offset) bytes after \(start)")
    }
  }

  @Test func unknownCharactersKeepTheirNameAndGetAPlace() throws {
    let folder = try TemporaryFolder()
    let character = UnknownCharacter(utf8: Array("d".utf8), unit: .scalar)
    #expect(
      CorpusError(VocabularyError.unknownCharacter(character, byteOffset: 2), start: 1, in: try text(folder))
        == .unknownCharacter(character, path: folder("b"), byteOffset: 0))
  }

  @Test func aTextThatIsNoFileHasNoPath() {
    #expect(
      CorpusError(VocabularyError.invalidUTF8(byteOffset: 4), start: 3, in: CorpusText(bytes: Array("abcdefgh".utf8)))
        == .invalidUTF8(path: "", byteOffset: 7))
  }

  @Test func aFolderIsToldFromAFileThatCannotBeRead() {
    #expect(CorpusError(SystemError(number: EISDIR), path: "plays") == .isFolder(path: "plays"))
    #expect(
      CorpusError(SystemError(number: EACCES), path: "locked") == .unreadable(path: "locked", errno: EACCES))
  }
}

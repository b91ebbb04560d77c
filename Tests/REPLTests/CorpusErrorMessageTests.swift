import CharLSTM
import Testing

@testable import REPL

/// The messages about a text that cannot be used: what is wrong, where, and what to do.
@Suite struct CorpusErrorMessageTests {
  @Test(
    arguments: [
      (CorpusError.unreadable(path: "a.txt", errno: 13), "a.txt: cannot be read: Permission denied"),
      (.isFolder(path: "plays"), "plays is a folder. Name the text files in it."),
      (
        .changedWhileReading(path: "a.txt"),
        "a.txt changed while bard was reading it. Give a file that nothing writes to, such as a copy of it."
      ),
      (
        .nothingKept(minimumCount: 9, most: 1),
        "No character occurs 9 times, as --min-count asks; the most frequent one occurs 1 time. Give a smaller"
          + " --min-count."
      ),
      (.empty(paths: []), "The text is empty. Give a file that has text in it."),
      (.empty(paths: ["a.txt"]), "a.txt is empty. Give a file that has text in it."),
      (.empty(paths: ["a.txt", "b.txt"]), "a.txt, b.txt are empty. Give a file that has text in it."),
      (
        .invalidUTF8(path: "a.txt", byteOffset: 12),
        "a.txt: not valid UTF-8 at byte 12. Convert the file to UTF-8, or use --unit byte, which reads any file."
      ),
      (
        .unknownCharacter(UnknownCharacter(utf8: [0x65, 0xCC, 0x81], unit: .character), path: "a.txt", byteOffset: 7),
        "a.txt: the model has never seen “e\u{301}” (U+0065 U+0301), at byte 7, because it is not in the text that the model"
          + " was trained on."
      ),
      (
        .tooLong(characters: 11, limit: 10),
        "The texts have too many characters to compare: 11 were read so far, and the limit is 10. Give fewer or smaller"
          + " files."
      ),
    ] as [(CorpusError, String)])
  func aCorpusThatCannotBeUsed(error: CorpusError, message: String) {
    #expect(error.message == message)
  }

  @Test func aPromptThatCannotBeRead() {
    #expect(VocabularyError.invalidUTF8(byteOffset: 3).message == "not valid UTF-8 at byte 3")
    let tab = UnknownCharacter(utf8: [0x09], unit: .character)
    #expect(
      VocabularyError.unknownCharacter(tab, byteOffset: 3).message == #"the model has never seen "\t" (U+0009)."#)
    let byte = UnknownCharacter(utf8: [0xE9], unit: .byte)
    #expect(VocabularyError.unknownCharacter(byte, byteOffset: 0).message == "the model has never seen byte 0xE9.")
  }

  @Test(arguments: [(1, "1 character"), (2, "2 characters"), (1234, "1,234 characters")])
  func aCorpusTooShortForAMinibatch(characters: Int, counted: String) {
    #expect(
      LaneBatchesError.tooShort(characters: characters, needed: 9).message
        == "This text is too short to learn from: its training part has \(counted), and one minibatch needs 9. 100,000 or"
        + " more work well.")
  }
}

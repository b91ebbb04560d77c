import CharLSTM
import Testing

@testable import REPL

/// The messages about a text that cannot be used: what is wrong, where, and what to do.
@Suite struct CorpusErrorMessageTests {
  @Test(
    arguments: [
      (CorpusError.unreadable(path: "a.txt", errno: 13), "Cannot read a.txt: Permission denied."),
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
        .invalidUTF8(path: "a.txt", byteOffset: 1234),
        "a.txt is not valid UTF-8 at byte 1,234. Convert the file to UTF-8."
      ),
      (
        .unknownCharacter(UnknownCharacter(utf8: [0x65, 0xCC, 0x81], unit: .character), path: "a.txt", byteOffset: 7),
        "a.txt: the model has never seen “e\u{301}” (U+0065 U+0301), at byte 7, because it is not in the text that the model"
          + " was trained on."
      ),
      (
        .tooLong(characters: 11, limit: 10),
        "The texts have too many characters to compare: bard has read 11 so far, and the limit is 10. Give fewer or"
          + " smaller files."
      ),
    ] as [(CorpusError, String)])
  func aCorpusThatCannotBeUsed(error: CorpusError, message: String) {
    #expect(error.message == message)
  }

  @Test func aPromptThatCannotBeRead() {
    let invalid = VocabularyError.invalidUTF8(byteOffset: 3)
    #expect(invalid.message == "The text is not valid UTF-8 at byte 3. Convert it to UTF-8.")
    #expect(invalid.message(for: "a.txt") == "a.txt is not valid UTF-8 at byte 3. Convert it to UTF-8.")
    let tab = UnknownCharacter(utf8: [0x09], unit: .character)
    #expect(
      VocabularyError.unknownCharacter(tab, byteOffset: 3).message == #"The model has never seen "\t" (U+0009)."#)
    let byte = UnknownCharacter(utf8: [0xE9], unit: .byte)
    let unknown = VocabularyError.unknownCharacter(byte, byteOffset: 0)
    #expect(unknown.message == "The model has never seen byte 0xE9.")
    #expect(unknown.message(for: "a.txt") == "a.txt: the model has never seen byte 0xE9.")
  }

  @Test func charactersThatWereLeftOut() {
    let characters = ["é", "ñ"].map { UnknownCharacter(utf8: Array($0.utf8), unit: .character) }
    #expect(
      messageAboutLeftOut(characters, for: nil)
        == "Left out “é” (U+00E9), “ñ” (U+00F1), which the model has never seen.")
    #expect(
      messageAboutLeftOut(Array(characters[..<1]), for: "a.txt")
        == "a.txt: left out “é” (U+00E9), which the model has never seen.")
  }

  @Test(arguments: [(1, "1 character"), (2, "2 characters"), (1234, "1,234 characters")])
  func aCorpusTooShortForAMinibatch(characters: Int, counted: String) {
    #expect(
      LaneBatchesError.tooShort(characters: characters, needed: 9).message
        == "This text is too short to learn from: its training part has \(counted), and one minibatch needs 9. 100,000 or"
        + " more work well.")
  }
}

import CharLSTM
import Testing

@testable import REPL

/// What a person is told of a text that cannot be used: what is wrong, where, and what to do.
@Suite struct WordsTextTests {
  @Test(
    arguments: [
      (CorpusError.unreadable(path: "a.txt", errno: 13), "a.txt: cannot be read: Permission denied"),
      (.isFolder(path: "plays"), "plays is a folder; name the text files in it."),
      (
        .changedWhileReading(path: "a.txt"),
        "a.txt: it changed while it was read. Give a file that nothing writes to, such as a copy of it."
      ),
      (
        .nothingKept(minimumCount: 9, most: 1),
        "no character occurs as often as --min-count 9 asks for, the most frequent one 1 time. Give a smaller number."
      ),
      (.empty, "the corpus is empty; there is nothing to learn from it."),
      (
        .invalidUTF8(path: "a.txt", byteOffset: 12),
        "a.txt: not valid UTF-8 at byte 12. Convert the file to UTF-8, or train on it with --unit byte, which"
          + " takes any file."
      ),
      (
        .unknownCharacter(UnknownCharacter(utf8: [0x65, 0xCC, 0x81], unit: .character), path: "a.txt", byteOffset: 7),
        "a.txt: the model does not know 'e\u{301}' (U+0065 U+0301), at byte 7. It can read only what"
          + " its corpus was made of."
      ),
      (
        .tooLong(characters: 11, limit: 10),
        "more than 10 characters are too many to be compared (11 were read so far). Give fewer or smaller files."
      ),
    ] as [(CorpusError, String)])
  func aCorpusThatCannotBeUsed(error: CorpusError, words: String) {
    #expect(error.words == words)
  }

  @Test func aPromptThatCannotBeRead() {
    #expect(VocabularyError.invalidUTF8(byteOffset: 3).words == "not valid UTF-8 at byte 3")
    let tab = UnknownCharacter(utf8: [0x09], unit: .character)
    #expect(
      VocabularyError.unknownCharacter(tab, byteOffset: 3).words == #"the model does not know "\t" (U+0009)."#)
    let byte = UnknownCharacter(utf8: [0xE9], unit: .byte)
    #expect(VocabularyError.unknownCharacter(byte, byteOffset: 0).words == "the model does not know byte 0xE9.")
  }

  @Test(arguments: [(1, "1 character"), (2, "2 characters"), (1234, "1,234 characters")])
  func aCorpusTooShortForAMinibatch(characters: Int, counted: String) {
    #expect(
      LaneBatchesError.tooShort(characters: characters, needed: 9).words
        == "the training part of the corpus has \(counted); a minibatch needs 9. Give more text, or fewer --time-steps,"
        + " or a smaller --validation-fraction.")
  }
}

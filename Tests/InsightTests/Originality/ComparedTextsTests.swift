import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct ComparedTextsTests {
  private func texts(
    _ text: String, _ corpus: [String], unit: TextUnit = .character, limit: Int = ComparedTexts.limit
  ) throws -> ComparedTexts {
    try ComparedTexts(
      text: CorpusText(bytes: Array(text.utf8)), corpus: corpus.map { CorpusText(bytes: Array($0.utf8)) }, unit: unit,
      threads: 2, limit: limit)
  }

  /// The characters of all symbols, with | for the separator.
  private func joined(_ texts: ComparedTexts) -> String {
    guard case .bytes(let symbols) = texts.symbols else { return "" }
    return symbols.map { $0 == 0 ? "|" : String(decoding: texts.entries[Int($0)], as: UTF8.self) }.joined()
  }

  @Test func aCharacterHasOneNumberInAllOfThem() throws {
    let texts = try texts("abx", ["bab", "", "c\r\nb"])
    #expect(joined(texts) == "bab||c\r\nb|abx")
    #expect(texts.fileStarts == [0, 4, 5])
    #expect(texts.textStart == 9)
    #expect(texts.count == 3)
    #expect(texts.corpusCount == 6)
    #expect(Set(texts.entries).count == texts.entries.count)
    #expect(texts.bytes(1..<3) == Array("bx".utf8))
    #expect(texts.endsLine.count { $0 } == 1)
  }

  @Test func charactersAreWhatTheUnitSays() throws {
    let text = "e\u{301}👍🏽"
    #expect(try texts(text, ["e"]).count == 2)
    #expect(try texts(text, ["e"], unit: .scalar).count == 4)
    #expect(try texts(text, ["e"], unit: .byte).count == 11)
  }

  @Test func moreCharactersTakeMoreBytes() throws {
    let many = String(String.UnicodeScalarView((0x4E00..<0x4E00 + 300).compactMap { Unicode.Scalar($0) }))
    let texts = try texts("a", [many])
    guard case .words(let symbols) = texts.symbols else {
      Issue.record("300 characters in one byte each")
      return
    }
    #expect(symbols.count == 302)
    #expect(texts.bytes(0..<1) == [97])
  }

  @Test func whatIsTooLongOrNoTextIsRefused() throws {
    #expect(try texts("ab", ["abc"], limit: 7).count == 2)
    #expect(throws: CorpusError.tooLong(characters: 7, limit: 6)) { try texts("ab", ["abc"], limit: 6) }
    #expect(throws: CorpusError.invalidUTF8(path: "", byteOffset: 1)) {
      try ComparedTexts(
        text: CorpusText(bytes: [97, 0xFF]), corpus: [CorpusText(bytes: [97])], unit: .character, threads: 1)
    }
  }
}

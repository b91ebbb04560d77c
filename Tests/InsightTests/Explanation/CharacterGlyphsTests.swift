import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct CharacterGlyphsTests {
  /// The glyphs of a text, in its order.
  private func glyphs(_ text: String, unit: TextUnit = .character) throws -> (CharacterGlyphs, drawn: [String]) {
    let corpus = try testCorpus(text, unit: unit)
    let ids = (0..<corpus.tokens.count).map { corpus.tokens[$0] }
    let glyphs = CharacterGlyphs(ids, vocabulary: corpus.vocabulary)
    return (glyphs, ids.map { glyphs[$0] })
  }

  @Test func spacesAndControlsHaveTheirSymbols() throws {
    let (glyphs, drawn) = try glyphs("a b\tc\nd\re\r\nf\u{A0}g\u{07}h\u{7F}")
    #expect(drawn == ["a", "␣", "b", "⇥", "c", "⏎", "d", "␍", "e", "↵", "f", "⍽", "g", "␇", "h", "␡"])
    #expect(
      glyphs.legend.map { "\($0.glyph) \($0.words)" } == [
        "␣ a space", "⇥ a tab", "⏎ a line feed", "␍ a carriage return", "↵ a carriage return with a line feed",
        "⍽ a no-break space", "␇ the control character U+0007", "␡ a delete character",
      ])
    #expect(glyphs.columns == 1)
  }

  @Test func whatFitsNoColumnIsAssignedASymbol() throws {
    let (glyphs, drawn) = try glyphs("é e\u{301} \u{1F389} \u{202E} \u{1F389}")
    #expect(drawn == ["é", "␣", "◆", "␣", "◇", "␣", "▲", "␣", "◇"])
    #expect(
      glyphs.legend.dropFirst().map(\.words) == ["e\u{301} (U+0065 U+0301)", "\u{1F389} (U+1F389)", "U+202E"])
  }

  @Test func aMarkStandsOnACircle() throws {
    let (glyphs, drawn) = try glyphs("e\u{301}", unit: .scalar)
    #expect(drawn == ["e", "◆"])
    #expect(glyphs.legend.map(\.words) == ["◌\u{301} (U+0301)"])
  }

  @Test func symbolsAreNotThoseOfTheText() throws {
    let (glyphs, drawn) = try glyphs("◆\u{1F389}␣ ")
    #expect(drawn == ["◆", "◇", "▲", "␣"])
    #expect(glyphs.legend.map(\.words) == ["\u{1F389} (U+1F389)", "␣ (U+2423)", "a space"])
  }

  @Test func bytesAreShownWhereTheyAreCharacters() throws {
    let (glyphs, drawn) = try glyphs("aé", unit: .byte)
    #expect(drawn == ["a", "◆", "◇"])
    #expect(glyphs.legend.map(\.words) == ["byte 0xC3", "byte 0xA9"])
  }

  @Test func symbolsThatRunOutAreOneForAll() throws {
    let emoji = (0..<24).compactMap { Unicode.Scalar(0x1F400 + $0).map { String($0) } }.joined()
    let (glyphs, drawn) = try glyphs(emoji)
    #expect(Set(drawn).count == 21)
    #expect(drawn.suffix(4) == ["▒", "▒", "▒", "▒"])
    #expect(glyphs.legend.count == 21)
  }

  @Test func theUnknownSymbolHasAGlyph() throws {
    let vocabulary = try Vocabulary(unit: .character, characters: ["a"], hasUnknown: true)
    let glyphs = CharacterGlyphs([0, 1], vocabulary: vocabulary)
    #expect(glyphs[1] == "\u{FFFD}")
    #expect(glyphs.legend.map(\.words) == ["a character too rare to be in the vocabulary"])
  }

  @Test func wideOnesMakeEveryPlaceWide() throws {
    let corpus = try testCorpus("国a")
    let ids = (0..<2).map { corpus.tokens[$0] }
    let glyphs = CharacterGlyphs(ids, vocabulary: corpus.vocabulary)
    #expect(glyphs.columns == 2)
    #expect(glyphs.text(ids) == "国a ")
  }
}

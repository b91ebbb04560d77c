import Testing

@testable import CharLSTM

@Suite struct VisibleCharacterTests {
  private func shown(_ text: String) -> (VisibleCharacter.Kind, String, String) {
    let character = VisibleCharacter(utf8: Array(text.utf8))
    return (character.kind, character.text, character.name)
  }

  @Test func lettersAreThemselves() {
    #expect(shown("e") == (.plain, "e", "e"))
    #expect(shown("漢") == (.plain, "漢", "漢"))
    #expect(shown("👨‍👩‍👧") == (.plain, "👨‍👩‍👧", "👨‍👩‍👧"))
  }

  @Test func spaceAndLineEndsHaveNames() {
    #expect(shown(" ") == (.space, " ", "space"))
    #expect(shown("\t") == (.tab, "→", "tab"))
    #expect(shown("\n") == (.lineEnd, "↵", "line feed"))
    #expect(shown("\r\n") == (.lineEnd, "␍↵", "carriage return and line feed"))
    #expect(shown("\u{A0}") == (.plain, "\u{A0}", "U+00A0 NO-BREAK SPACE"))
  }

  @Test func nothingMovesTheCursor() {
    #expect(shown("\u{1B}") == (.hidden, "␛", "U+001B"))
    #expect(shown("\r") == (.hidden, "␍", "U+000D"))
    #expect(shown("\u{0}").1 == "␀")
    #expect(shown("\u{7F}").1 == "␡")
    #expect(shown("\u{85}").1 == "[U+0085]")
    #expect(shown("\u{2028}").1 == "[U+2028]")
    #expect(shown("\u{202E}") == (.hidden, "[U+202E]", "U+202E RIGHT-TO-LEFT OVERRIDE"))
    #expect(shown("\u{200B}") == (.hidden, "[U+200B]", "U+200B ZERO WIDTH SPACE"))
    #expect(shown("\u{FE0F}").1 == "[U+FE0F]")
  }

  @Test func aMarkAloneStandsOnACircle() {
    let (kind, text, name) = shown("\u{301}")
    #expect(kind == .mark)
    #expect(Array(text.unicodeScalars) == ["◌", "\u{301}"])
    #expect(name == "U+0301 COMBINING ACUTE ACCENT")
    #expect(shown("e\u{301}").0 == .plain)
  }

  @Test func bytesThatAreNoTextAreNumbers() {
    let character = VisibleCharacter(utf8: [0xE6, 0x0A])
    #expect((character.kind, character.text, character.name) == (.hidden, "[E6][0A]", "byte 0xE6 0x0A"))
    #expect(VisibleCharacter(utf8: []).name == "nothing")
    let all = VisibleCharacter.all(in: [0xA9, 0x61, 0xFF, 0xFE, 0xC3, 0xA9, 0x0D, 0x0A, 0xE2])
    #expect(all.map(\.text) == ["[A9]", "a", "[FF]", "[FE]", "é", "␍↵", "[E2]"])
    #expect(VisibleCharacter.all(in: []).isEmpty)
  }
}

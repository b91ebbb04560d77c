import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct ShownCharacterTests {
  private func shown(_ text: String, _ unit: TextUnit) throws -> [ShownCharacter] {
    try shown(Array(text.utf8), Vocabulary(unit: unit, countingIn: Array(text.utf8)))
  }

  private func shown(_ bytes: [UInt8], _ vocabulary: Vocabulary) throws -> [ShownCharacter] {
    ShownCharacter.all(in: try TextPassage(tokens: vocabulary.tokenize(bytes), vocabulary: vocabulary))
  }

  @Test func clusters() throws {
    let characters = try shown("e\u{301}<\n\r\n\t\u{7}\u{7F}", .character)
    #expect(characters.map(\.text) == ["e\u{301}", "<", "\n", "␍\n", "\t", "␇", "␡"])
    #expect(characters[0].name == "'e\u{301}' (U+0065 U+0301)")
    #expect(characters[3].name == "\"\\r\\n\" (U+000D U+000A)")
  }

  @Test func scalarsThatStandOnOthersOrTakeNoRoom() throws {
    let characters = try shown("e\u{301}\u{200D}\u{AD}\u{FE0F}\u{85}\u{2028}x", .scalar)
    #expect(
      characters.map(\.text) == [
        "e", "\u{25CC}\u{301}", "[U+200D]", "[U+00AD]", "[U+FE0F]", "[U+0085]", "[U+2028]", "x",
      ])
    #expect(characters[1].name.hasSuffix("(U+0301)"))
  }

  @Test func bytes() throws {
    let bytes: [UInt8] = [0x61, 0xC3, 0xA9, 0xFF, 0x0A]
    let characters = try shown(bytes, Vocabulary(unit: .byte, countingIn: bytes))
    #expect(characters.map(\.text) == ["a", "é", "·", "\u{FFFD}", "\n"])
    #expect(
      characters.prefix(4).map(\.name) == [
        "“a” (U+0061)", "byte 0xC3, 1 of 2 of “é” (U+00E9)", "byte 0xA9, 2 of 2 of “é” (U+00E9)", "byte 0xFF",
      ])
  }

  @Test func theUnknownSymbol() throws {
    let vocabulary = try Vocabulary(unit: .character, characters: ["a"], hasUnknown: true)
    #expect(try shown(Array("ab".utf8), vocabulary).map(\.text) == ["a", "\u{FFFD}"])
    #expect(try shown(Array("ab".utf8), vocabulary)[1].name == "the unknown symbol")
  }
}

import Testing

@testable import CharLSTM

@Suite struct CharacterCountsTests {
  private func counts(_ text: String, _ unit: TextUnit) throws -> [[UInt8]: Int] {
    let counts = try CharacterCounts(of: Array(text.utf8), unit: unit)
    return Dictionary(uniqueKeysWithValues: counts.entries.map { ($0.entry, $0.count) })
  }

  // strings that are canonically equivalent are one key, their bytes are not
  private func bytes(_ counts: KeyValuePairs<String, Int>) -> [[UInt8]: Int] {
    Dictionary(uniqueKeysWithValues: counts.map { (Array($0.key.utf8), $0.value) })
  }

  @Test func charactersAreWhatTheUnitSays() throws {
    let text = "aa\u{65}\u{301}\r\n\u{E9}"
    #expect(try counts(text, .character) == bytes(["a": 2, "\u{65}\u{301}": 1, "\r\n": 1, "\u{E9}": 1]))
    #expect(try counts(text, .scalar) == bytes(["a": 2, "e": 1, "\u{301}": 1, "\r": 1, "\n": 1, "\u{E9}": 1]))
    #expect(try CharacterCounts(of: Array(text.utf8), unit: .byte).total == 9)
    #expect(try CharacterCounts(of: Array(text.utf8), unit: .character).total == 5)
  }

  @Test func partsAddUpToTheWhole() throws {
    let parts = ["to be, ", "ou être, ", "或不为, 👩‍🚀 ", "é é"]
    for unit in TextUnit.allCases {
      var sum = CharacterCounts(unit: unit)
      for part in parts { sum.add(try CharacterCounts(of: Array(part.utf8), unit: unit)) }
      let whole = try CharacterCounts(of: Array(parts.joined().utf8), unit: unit)
      #expect(sum.total == whole.total)
      func sorted(_ counts: CharacterCounts) -> [String] {
        counts.entries.map { "\($0.entry) \($0.count)" }.sorted()
      }
      #expect(sorted(sum) == sorted(whole))
    }
  }

  @Test func whatIsNoUTF8IsFound() {
    #expect(throws: VocabularyError.invalidUTF8(byteOffset: 2)) {
      try CharacterCounts(of: [0x61, 0x62, 0xC3], unit: .scalar)
    }
    #expect(throws: Never.self) { try CharacterCounts(of: [0x61, 0x62, 0xC3], unit: .byte) }
  }
}

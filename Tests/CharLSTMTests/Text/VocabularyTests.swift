import Foundation
import Testing

@testable import CharLSTM

@Suite struct VocabularyTests {
  private func vocabulary(_ text: String, _ unit: TextUnit = .character, minimumCount: Int = 1) throws -> Vocabulary {
    try Vocabulary(unit: unit, countingIn: Array(text.utf8), minimumCount: minimumCount)
  }

  private func characters(_ vocabulary: Vocabulary) -> [String] {
    (0..<Int32(vocabulary.count)).map { vocabulary.text(of: $0) ?? "?" }
  }

  @Test func mostFrequentFirstTiesByCodePoint() throws {
    #expect(characters(try vocabulary("banana band")) == ["a", "n", "b", " ", "d"])
    #expect(characters(try vocabulary("zyx")) == ["x", "y", "z"])
    // by scalars and not by UTF-16: U+FF5E comes before U+1F600
    #expect(characters(try vocabulary("😀～éa")) == ["a", "é", "～", "😀"])
  }

  @Test func canonicallyEquivalentCharactersAreDifferent() throws {
    let text = "e\u{301}\u{E9}e\u{301}"
    let clusters = try vocabulary(text)
    #expect(clusters.count == 2)
    #expect(clusters.utf8Bytes(of: 0) == Array("e\u{301}".utf8))
    #expect(clusters.utf8Bytes(of: 1) == [0xC3, 0xA9])
    let tokens = try clusters.tokenize(Array(text.utf8))
    #expect((0..<3).map { tokens[$0] } == [0, 1, 0])
    #expect(try vocabulary(text, .scalar).count == 3)
    #expect(try clusters.encode("\u{E9}", unknown: .error).ids == [1])
  }

  static let nasty = [
    "plain text\nwith lines\n", "dos\r\nlines\r\n\r\r\n\n", "e\u{301}e\u{302}\u{301}", "\u{301}alone at the start",
    "👨‍👩‍👧‍👦👩🏽‍🚀🇫🇷🇩🇪🇫", "שלום עולם‏ مرحبا بالعالم", "漢字かな交じり文。ｶﾞ", "한국어 한글 각", "नमस्ते क्षत्रिय", "\u{FEFF}bom",
    "nul\0inside", "a\u{200D}b\u{FE0F}c", "© ® ™ ‼️ 1️⃣", "ไทยภาษาน้ำ", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\u{10FFFF}\u{E000}",
  ]

  @Test(arguments: nasty, TextUnit.allCases) func everyTextComesBack(text: String, unit: TextUnit) throws {
    let bytes = Array(text.utf8)
    let vocabulary = try Vocabulary(unit: unit, countingIn: bytes)
    let tokens = try vocabulary.tokenize(bytes)
    let ids = (0..<tokens.count).map { tokens[$0] }
    #expect(vocabulary.decode(ids) == bytes)
    #expect(ids == (try vocabulary.encode(text, unknown: .error).ids))
    switch unit {
    case .character: #expect(tokens.count == text.count)
    case .scalar: #expect(tokens.count == text.unicodeScalars.count)
    case .byte: #expect(tokens.count == bytes.count)
    }
    let json = try JSONEncoder().encode(vocabulary)
    #expect(try JSONDecoder().decode(Vocabulary.self, from: json) == vocabulary)
  }

  @Test func rareCharactersShareTheUnknownSymbol() throws {
    let text = "aaabbbcd"
    let vocabulary = try vocabulary(text, minimumCount: 2)
    #expect(vocabulary.count == 3)
    #expect(vocabulary.hasUnknown)
    #expect(vocabulary.unknownID == 2)
    let tokens = try vocabulary.tokenize(Array(text.utf8))
    #expect((0..<8).map { tokens[$0] } == [0, 0, 0, 1, 1, 1, 2, 2])
    #expect(vocabulary.utf8Bytes(of: 2) == [])
    #expect(vocabulary.text(of: 2) == nil)
    // a prompt is not read as something its writer did not write
    #expect(throws: VocabularyError.unknownCharacter(UnknownCharacter(utf8: [0x63], unit: .character), byteOffset: 1)) {
      try vocabulary.encode("ac", unknown: .error)
    }
    #expect(try self.vocabulary(text, minimumCount: 1).hasUnknown == false)
  }

  @Test func unknownCharactersAreNamedOrLeftOut() throws {
    let vocabulary = try vocabulary("caf")
    #expect(
      throws: VocabularyError.unknownCharacter(UnknownCharacter(utf8: [0xC3, 0xA9], unit: .character), byteOffset: 3)
    ) { try vocabulary.encode("café", unknown: .error) }
    let (ids, skipped) = try vocabulary.encode("café é😀", unknown: .skip)
    #expect(vocabulary.decode(ids) == Array("caf".utf8))
    #expect(skipped.map(\.description) == ["'é' (U+00E9)", "' ' (U+0020)", "'😀' (U+1F600)"])
    #expect(
      throws: VocabularyError.unknownCharacter(UnknownCharacter(utf8: [0x7A], unit: .character), byteOffset: 2)
    ) { try vocabulary.tokenize(Array("fazc".utf8)) }
  }

  @Test func descriptionsOfCharacters() {
    func description(_ text: String, _ unit: TextUnit = .character) -> String {
      UnknownCharacter(utf8: Array(text.utf8), unit: unit).description
    }
    #expect(description("e\u{301}") == "'e\u{301}' (U+0065 U+0301)")
    #expect(description("\t") == "\"\\t\" (U+0009)")
    #expect(description("A", .byte) == "byte 0x41")
  }

  @Test(arguments: [
    ([0x61, 0xFF], 1), ([0xC3], 0), ([0x61, 0x62, 0xC3, 0x28], 2), ([0xE2, 0x82], 0), ([0xED, 0xA0, 0x80], 0),
    ([0x61, 0xC0, 0x80], 1), ([0xF4, 0x90, 0x80, 0x80], 0), ([0xE2, 0x82, 0xAC, 0x80], 3),
  ])
  func invalidUTF8IsPlaced(bytes: [Int], offset: Int) throws {
    let bytes = bytes.map { UInt8($0) }
    for unit in [TextUnit.character, .scalar] {
      #expect(throws: VocabularyError.invalidUTF8(byteOffset: offset)) { try Vocabulary(unit: unit, countingIn: bytes) }
    }
    let anything = try Vocabulary(unit: .byte, countingIn: bytes)
    let tokens = try anything.tokenize(bytes)
    #expect(anything.decode((0..<tokens.count).map { tokens[$0] }) == bytes)
  }

  @Test func jsonIsAsOtherProgramsExpect() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    func json(_ vocabulary: Vocabulary) throws -> String {
      String(decoding: try encoder.encode(vocabulary), as: UTF8.self)
    }
    #expect(try json(vocabulary("eee \n")) == #"{"characters":["e","\n"," "],"unit":"character"}"#)
    #expect(try json(vocabulary("eee", .byte)) == #"{"bytes":[101],"unit":"byte"}"#)
    #expect(try json(vocabulary("eex", minimumCount: 2)) == #"{"characters":["e"],"unit":"character","unknown":1}"#)
  }

  @Test(arguments: [
    #"{"unit":"word","characters":["a"]}"#, #"{"unit":"character"}"#, #"{"unit":"character","characters":["ab"]}"#,
    #"{"unit":"character","characters":["a","a"]}"#, #"{"unit":"character","characters":[""]}"#,
    #"{"unit":"character","characters":[]}"#, #"{"unit":"scalar","characters":["e\u0301"]}"#,
    #"{"unit":"byte","bytes":[256]}"#, #"{"unit":"byte","bytes":[1,1]}"#, #"{"unit":"byte","characters":["a"]}"#,
    #"{"unit":"character","characters":["a"],"unknown":0}"#,
  ])
  func damagedJSONIsRefused(text: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Vocabulary.self, from: Data(text.utf8)) }
  }
}

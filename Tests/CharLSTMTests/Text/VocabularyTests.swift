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
    #expect(skipped.map(\.description) == ["“é” (U+00E9)", "“ ” (U+0020)", "“😀” (U+1F600)"])
    #expect(
      throws: VocabularyError.unknownCharacter(UnknownCharacter(utf8: [0x7A], unit: .character), byteOffset: 2)
    ) { try vocabulary.tokenize(Array("fazc".utf8)) }
  }

  @Test func descriptionsOfCharacters() {
    func description(_ text: String, _ unit: TextUnit = .character) -> String {
      UnknownCharacter(utf8: Array(text.utf8), unit: unit).description
    }
    #expect(description("e\u{301}") == "“e\u{301}” (U+0065 U+0301)")
    #expect(description("\t") == "\"\\t\" (U+0009)")
    #expect(description("A", .byte) == "byte 0x41")
  }

  @Test(arguments: [
    ([0x61, 0xFF], 1), ([0xC3], 0), ([0x61, 0x62, 0xC3, 0x28], 2), ([0xE2, 0x82], 0), ([0xED, 0xA0, 0x80], 0),
    ([0x61, 0xC0, 0x80], 1), ([0xF4, 0x90, 0x80, 0x80], 0), ([0xE2, 0x82, 0xAC, 0x80], 3),
    ([0x61, 0xC1, 0xBF], 1), ([0x61, 0xE0, 0x9F, 0xBF], 1), ([0x61, 0xF0, 0x8F, 0xBF, 0xBF], 1),
    ([0xC3, 0xA9, 0xF5], 2), ([0xC3, 0xA9, 0xFE], 2), ([0xED, 0xBF, 0xBF], 0),
    ([0xF0, 0x9F, 0x98], 0), ([0x61, 0xF0, 0x9F], 1), ([0x80], 0),
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
    #"{"unit":"character","characters":["a"],"unknown":0}"#, #"{"unit":"character","characters":["a"],"unknown":2}"#,
    #"{"unit":"character","characters":["a"],"unknown":-1}"#, #"{"unit":"byte","bytes":[-1]}"#, "[]", "",
    #"{"unit":"scalar","characters":["\r\n"]}"#, #"{"unit":"character","characters":["a\n"]}"#,
  ])
  func damagedJSONIsRefused(text: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Vocabulary.self, from: Data(text.utf8)) }
  }

  @Test func damagedJSONIsToldWhere() {
    func reason(_ text: String) -> String? {
      do {
        _ = try JSONDecoder().decode(Vocabulary.self, from: Data(text.utf8))
      } catch DecodingError.dataCorrupted(let context) {
        return context.debugDescription
      } catch {}
      return nil
    }
    #expect(reason(#"{"unit":"character","characters":["a","bc"]}"#) == "entry 1 is not one character")
    #expect(reason(#"{"unit":"scalar","characters":["a","b","e\u0301"]}"#) == "entry 2 is not one scalar")
    #expect(reason(#"{"unit":"byte","bytes":[7,8,7]}"#) == "entry 2 is the same as entry 0")
    #expect(reason(#"{"unit":"byte","bytes":[]}"#) == "it is empty")
    #expect(
      reason(#"{"unit":"character","characters":["a","b"],"unknown":1}"#)
        == "the unknown symbol's id must be the last one, 2")
  }

  /// `String` and `Set<String>` would take the two for one.
  @Test func jsonTellsCanonicallyEquivalentEntriesApart() throws {
    let json = #"{"unit":"character","characters":["\u00e9","e\u0301"]}"#
    let vocabulary = try JSONDecoder().decode(Vocabulary.self, from: Data(json.utf8))
    #expect(try vocabulary.encode("e\u{301}\u{E9}", unknown: .error).ids == [1, 0])
    let swapped = #"{"unit":"character","characters":["e\u0301","\u00e9"]}"#
    #expect(try JSONDecoder().decode(Vocabulary.self, from: Data(swapped.utf8)) != vocabulary)
  }

  /// A text that is long enough for every fast path, compared with a count of Swift's characters.
  @Test(arguments: TextUnit.allCases) func longTextsAreCountedAndTokenizedAsOneByOne(unit: TextUnit) throws {
    let text = String(
      repeating: "A line of plain words, longer than a block.\r\nÀ é e\u{301} ÿ Ω漢 👩🏽‍🚀 नमस्ते\n\n", count: 90)
    let bytes = Array(text.utf8)
    let pieces: [[UInt8]] =
      switch unit {
      case .character: text.map { Array(String($0).utf8) }
      case .scalar: text.unicodeScalars.map { Array(String($0).utf8) }
      case .byte: bytes.map { [$0] }
      }
    let counts = Dictionary(pieces.map { ($0, 1) }, uniquingKeysWith: +)
    let order = counts.sorted { a, b in
      a.value != b.value ? a.value > b.value : a.key.lexicographicallyPrecedes(b.key)
    }
    let vocabulary = try Vocabulary(unit: unit, countingIn: bytes)
    #expect((0..<Int32(vocabulary.count)).map { vocabulary.utf8Bytes(of: $0) } == order.map(\.key))
    let ids = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1.key, Int32($0)) })
    let tokens = try vocabulary.tokenize(bytes)
    #expect((0..<tokens.count).map { tokens[$0] } == pieces.map { ids[$0] ?? -1 })
  }

  /// The first character that is missing is named, whether it stands in a run of ASCII or not.
  @Test(arguments: [0, 1, 15, 16, 17, 40, 5000]) func aMissingCharacterIsPlaced(offset: Int) throws {
    let bytes = [UInt8](repeating: 0x61, count: offset)
    let vocabulary = try vocabulary("ab")
    for missing in ["z", "é", "\r\n"] {
      let expected = VocabularyError.unknownCharacter(
        UnknownCharacter(utf8: Array(missing.utf8), unit: .character), byteOffset: offset)
      let text = bytes + Array(missing.utf8) + [UInt8](repeating: 0x62, count: 40)
      #expect(throws: expected) { try vocabulary.tokenize(text) }
    }
  }
}

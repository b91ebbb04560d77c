import Testing

@testable import CharLSTM

@Suite struct VocabularyListTests {
  @Test func idsAreThePlacesInTheList() throws {
    let vocabulary = try Vocabulary(unit: .character, characters: ["b", "\r\n", "a", "e\u{301}", "\u{E9}"])
    #expect(vocabulary.count == 5)
    #expect(vocabulary.unknownID == nil)
    #expect(try vocabulary.encode("a\r\nb\u{E9}e\u{301}", unknown: .error).ids == [2, 1, 0, 4, 3])
    #expect(vocabulary.decode([3, 4]) == [0x65, 0xCC, 0x81, 0xC3, 0xA9])
  }

  @Test func bytesNeedBeNoText() throws {
    let vocabulary = try Vocabulary(bytes: [0xFF, 0x00, 0x61], hasUnknown: true)
    #expect(vocabulary.unknownID == 3)
    let tokens = try vocabulary.tokenize([0x61, 0xFF, 0x62, 0x00])
    #expect((0..<4).map { tokens[$0] } == [2, 0, 3, 1])
    #expect(vocabulary.text(of: 0) == nil)
    #expect(vocabulary.text(of: 2) == "a")
    #expect(vocabulary.decode([0, 3, 2]) == [0xFF, 0x61])
  }

  @Test func aListThatIsNoVocabularyIsRefused() {
    func expect(_ error: VocabularyListError, _ unit: TextUnit, _ characters: [String]) {
      #expect(throws: error) { try Vocabulary(unit: unit, characters: characters) }
    }
    expect(.empty, .character, [])
    expect(.notOneCharacter(id: 1), .character, ["a", ""])
    expect(.notOneCharacter(id: 0), .character, ["ab"])
    expect(.notOneCharacter(id: 0), .character, ["a long entry that fills a block"])
    expect(.notOneCharacter(id: 1), .scalar, ["e", "e\u{301}"])
    expect(.notOneCharacter(id: 0), .scalar, ["\r\n"])
    expect(.repeated(id: 2, first: 0), .character, ["a", "b", "a"])
    expect(.repeated(id: 1, first: 0), .character, ["e\u{301}", "e\u{301}"])
    #expect(throws: VocabularyListError.repeated(id: 1, first: 0)) { try Vocabulary(bytes: [9, 9]) }
    #expect(throws: VocabularyListError.empty) { try Vocabulary(bytes: []) }
  }

  @Test func anUnknownSymbolMayStandAlone() throws {
    let vocabulary = try Vocabulary(bytes: [], hasUnknown: true)
    #expect(vocabulary.count == 1)
    #expect(try vocabulary.tokenize([1, 2])[1] == 0)
  }
}

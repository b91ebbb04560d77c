import Testing

@testable import CharLSTM

@Suite struct SourceCharactersTests {
  @Test func unknownCharactersComeAsTheTextHasThem() throws {
    // é and the family are rarer than the rest
    let text = Array("aébab👨‍👩‍👧aé👍aabb".utf8)
    let vocabulary = try Vocabulary(unit: .character, countingIn: Array("ababé".utf8), minimumCount: 2)
    let source = CorpusText(bytes: text)
    let tokens = try Corpus(source, vocabulary: vocabulary).tokens
    var characters = try SourceCharacters(source, tokens: tokens, vocabulary: vocabulary)
    var bytes: [[UInt8]] = []
    for index in 0..<tokens.count { bytes.append(characters.next(tokens[index])) }
    #expect(Array(bytes.joined()) == text)
    #expect(bytes[1] == Array("é".utf8))
    #expect(bytes.count == 13)
  }

  @Test func withoutAnUnknownSymbolTheVocabularyIsEnough() throws {
    let vocabulary = try Vocabulary(unit: .byte, countingIn: [1, 255])
    let source = CorpusText(bytes: [255, 1, 255])
    let tokens = try Corpus(source, vocabulary: vocabulary).tokens
    var characters = try SourceCharacters(CorpusText(bytes: []), tokens: tokens, vocabulary: vocabulary)
    #expect((0..<3).map { characters.next(tokens[$0]) } == [[255], [1], [255]])
  }

  @Test func anotherTextIsNoticed() throws {
    let vocabulary = try Vocabulary(unit: .character, countingIn: Array("aab".utf8), minimumCount: 2)
    let tokens = try Corpus(CorpusText(bytes: Array("axa".utf8)), vocabulary: vocabulary).tokens
    for other in ["ax", "axaa", "xaa", ""] {
      #expect(throws: CorpusError.changedWhileReading(path: "")) {
        try SourceCharacters(CorpusText(bytes: Array(other.utf8)), tokens: tokens, vocabulary: vocabulary)
      }
    }
  }
}

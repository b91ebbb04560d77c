import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct TextPassageTests {
  private let text = """
    HAMLET:
    To "be, or
    not (to) be.

    \u{20}
    # a "comment
      indented [

    GHOST:
    Mark me! it's 12
    /* and
    so */ on

    """

  private func tokens(_ unit: TextUnit) throws -> (TokenSequence, Vocabulary) {
    let bytes = Array(text.utf8)
    let vocabulary = try Vocabulary(unit: unit, countingIn: bytes)
    return (try vocabulary.tokenize(bytes), vocabulary)
  }

  /// The context goes back to the last blank line, and that is enough for the features of the passage.
  @Test func featuresOfAPartAreThoseOfTheWhole() throws {
    let (tokens, vocabulary) = try tokens(.character)
    let whole = FeatureValues.all(in: try TextPassage(tokens: tokens, vocabulary: vocabulary))
    #expect(whole.allSatisfy { $0.varies })
    for start in 0..<tokens.count - 1 {
      for length in [2, 9, tokens.count - start] where start + length <= tokens.count {
        let part = FeatureValues.all(
          in: try TextPassage(tokens: tokens, vocabulary: vocabulary, from: start, length: length))
        for (feature, all) in zip(part, whole) {
          #expect(feature.values == Array(all.values[start..<start + length]), "\(feature.feature) from \(start)")
        }
      }
    }
  }

  @Test func contextBeginsAfterABlankLineAndEndsWithALine() throws {
    let (tokens, vocabulary) = try tokens(.character)
    func context(_ start: Int, _ length: Int) throws -> Range<Int> {
      try TextPassage(tokens: tokens, vocabulary: vocabulary, from: start, length: length).context
    }
    // "\n \n" begins at character 32
    #expect(try context(3, 2) == 0..<19)
    #expect(try context(37, 2) == 35..<48)
    #expect(try context(30, 4) == 0..<48)
    #expect(try context(tokens.count - 2, 2).upperBound == tokens.count)
  }

  @Test func whatIsReadBefore() throws {
    let tokens = TokenSequence(testIDs(2000, vocabularySize: 4), vocabularySize: 4)
    let vocabulary = testVocabulary(4)
    #expect(try TextPassage(tokens: tokens, vocabulary: vocabulary).warmUp == 0..<0)
    #expect(try TextPassage(tokens: tokens, vocabulary: vocabulary, from: 100).warmUp == 0..<100)
    let late = try TextPassage(tokens: tokens, vocabulary: vocabulary, from: 1500, length: 5000)
    #expect(late.warmUp == 988..<1500)
    #expect(late.range == 1500..<2000)
  }

  @Test func passagesThatAreNone() throws {
    let tokens = TokenSequence(testIDs(20, vocabularySize: 4), vocabularySize: 4)
    #expect(throws: AtlasError.beyondTheEnd(from: 20, characters: 20)) {
      try TextPassage(tokens: tokens, vocabulary: testVocabulary(4), from: 20)
    }
    #expect(throws: AtlasError.tooShort(characters: 1)) {
      try TextPassage(tokens: tokens, vocabulary: testVocabulary(4), from: 19)
    }
  }
}

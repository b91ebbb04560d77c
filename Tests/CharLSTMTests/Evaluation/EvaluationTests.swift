import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct EvaluationTests {
  private let configuration = ModelConfiguration(vocabularySize: 6, embeddingSize: 3, hiddenSize: 10, layers: 2)

  private var model: CharacterModel {
    CharacterModel(parameters: testParameters(configuration), vocabulary: testVocabulary(6))
  }

  private func naiveLosses(_ ids: [Int32]) -> [Double] {
    let naive = NaiveNetwork(testParameters(configuration))
    var state = naive.zeroState
    return naive.losses(inputs: Array(ids.dropLast()), targets: Array(ids.dropFirst()), state: &state)
  }

  @Test func oneStatefulPassScoresAllButTheFirst() throws {
    let ids = testIDs(300, vocabularySize: 6)
    let evaluation = try #require(
      Evaluation.stateful(model, tokens: TokenSequence(ids, vocabularySize: 6), threads: 2))
    let expected = naiveLosses(ids).reduce(0, +) / 299
    #expect(evaluation.characters == 299)
    #expect(abs(evaluation.natsPerCharacter - expected) < 1e-6)
    #expect(abs(evaluation.bitsPerCharacter - expected / log(2)) < 1e-6)
    #expect(abs(evaluation.perplexity - exp(expected)) < 1e-5)
  }

  @Test func severalLanesWarmUpOnWhatPrecedesThem() throws {
    let tokens = TokenSequence(testIDs(9000, vocabularySize: 6), vocabularySize: 6)
    let one = try #require(Evaluation.stateful(model, tokens: tokens, lanes: 1, threads: 1))
    let seven = try #require(Evaluation.stateful(model, tokens: tokens, lanes: 7, threads: 1))
    #expect(one.characters == 8999)
    #expect(seven.characters == 8999)
    #expect(abs(one.natsPerCharacter - seven.natsPerCharacter) < 1e-5)
    for threads in [2, 3, 7] {
      #expect(Evaluation.stateful(model, tokens: tokens, lanes: 7, threads: threads) == seven)
    }
  }

  @Test func windowsStartFromZero() throws {
    let ids = testIDs(100, vocabularySize: 6)
    let evaluation = try #require(
      Evaluation.windows(model, tokens: TokenSequence(ids, vocabularySize: 6), window: 12, threads: 2))
    // 99 predictions are 8 whole windows of 12
    var expected = 0.0
    for window in 0..<8 { expected += naiveLosses(Array(ids[window * 12..<window * 12 + 13])).reduce(0, +) / 96 }
    #expect(evaluation.characters == 96)
    #expect(abs(evaluation.natsPerCharacter - expected) < 1e-6)
  }

  @Test func textsTooShortHaveNoResult() {
    let one = TokenSequence([1], vocabularySize: 6)
    #expect(Evaluation.stateful(model, tokens: one, threads: 1) == nil)
    let twelve = TokenSequence(testIDs(12, vocabularySize: 6), vocabularySize: 6)
    #expect(Evaluation.windows(model, tokens: twelve, window: 12, threads: 1) == nil)
    #expect(Evaluation.windows(model, tokens: twelve, window: 11, threads: 1)?.characters == 11)
  }
}

import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct LossByPositionTests {
  private let configuration = ModelConfiguration(vocabularySize: 6, embeddingSize: 3, hiddenSize: 10, layers: 2)

  @Test func equalsTheNaiveNetworkFromZeroStates() throws {
    let parameters = testParameters(configuration)
    let ids = testIDs(100, vocabularySize: 6)
    let naive = NaiveNetwork(parameters)
    // 99 predictions fill 9 whole windows of 11
    var expected = [Double](repeating: 0, count: 11)
    for window in 0..<9 {
      var state = naive.zeroState
      let characters = Array(ids[11 * window..<11 * window + 12])
      for (offset, loss) in naive.losses(
        inputs: Array(characters.dropLast()), targets: Array(characters.dropFirst()), state: &state
      )
      .enumerated() {
        expected[offset] += loss / 9
      }
    }
    let model = CharacterModel(parameters: parameters, vocabulary: testVocabulary(6))
    for threads in [1, 3] {
      let found = try #require(
        LossByPosition(model, tokens: TokenSequence(ids, vocabularySize: 6), window: 11, threads: threads))
      #expect(found.windows == 9)
      for offset in 0..<11 { #expect(abs(found.natsPerCharacter[offset] - expected[offset]) < 1e-6) }
      #expect(abs((found.mean(2...4) ?? 0) - expected[1...3].reduce(0, +) / 3) < 1e-6)
      #expect(found.mean(5...11) != nil && found.mean(5...12) == nil && found.mean(0...1) == nil)
    }
    #expect(LossByPosition(model, tokens: TokenSequence([1, 2, 3], vocabularySize: 6), window: 3, threads: 1) == nil)
  }

  @Test func rangesFollowEachOther() {
    let ranges = LossByPosition.ranges
    #expect(ranges.first == 1...1)
    for (a, b) in zip(ranges, ranges.dropFirst()) {
      #expect(b.lowerBound == a.upperBound + 1 && b.upperBound == 4 * a.upperBound)
    }
  }
}

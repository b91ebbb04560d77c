import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct SurprisalReaderTests {
  private let configuration = ModelConfiguration(vocabularySize: 9, embeddingSize: 3, hiddenSize: 10, layers: 2)

  private var model: CharacterModel {
    CharacterModel(parameters: testParameters(configuration), vocabulary: testVocabulary(9))
  }

  @Test func nothingPrecedesTheFirstCharacter() {
    var reader = SurprisalReader(model: model, candidates: 3)
    #expect(reader.read(4) == nil)
    #expect(reader.likeliest.isEmpty)
    #expect(reader.evaluation == nil)
    #expect(reader.read(4) != nil)
    #expect(reader.likeliest.count == 3)
  }

  @Test func eachIsTheLossOfTheEquations() {
    let ids = testIDs(200, vocabularySize: 9)
    let naive = NaiveNetwork(testParameters(configuration))
    var state = naive.zeroState
    let expected = naive.losses(inputs: Array(ids.dropLast()), targets: Array(ids.dropFirst()), state: &state)
    var reader = SurprisalReader(model: model)
    let found = ids.compactMap { reader.read($0) }
    #expect(found.count == 199)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(reader.likeliest.isEmpty)
  }

  @Test(arguments: SamplingPrecision.allCases) func theTotalsAreThoseOfOneStatefulLane(
    precision: SamplingPrecision
  ) throws {
    let ids = testIDs(3000, vocabularySize: 9)
    let model = CharacterModel(
      parameters: testParameters(configuration), vocabulary: testVocabulary(9), precision: precision)
    var reader = SurprisalReader(model: model, candidates: 2, threads: 2)
    for id in ids { _ = reader.read(id) }
    let expected = Evaluation.stateful(model, tokens: TokenSequence(ids, vocabularySize: 9), lanes: 1, threads: 1)
    #expect(try #require(reader.evaluation) == #require(expected))
  }

  @Test func theLikeliestComeFirst() {
    let ids = testIDs(50, vocabularySize: 9)
    let naive = NaiveNetwork(testParameters(configuration))
    var state = naive.zeroState
    var reader = SurprisalReader(model: model, candidates: 4)
    _ = reader.read(ids[0])
    for (previous, id) in zip(ids, ids.dropFirst()) {
      let weights = naive.step(previous, state: &state).map { exp($0) }
      let total = weights.reduce(0, +)
      let order = weights.indices.sorted { weights[$0] > weights[$1] }.prefix(4)
      _ = reader.read(id)
      #expect(reader.likeliest.map { Int($0.id) } == Array(order))
      for candidate in reader.likeliest {
        #expect(abs(Double(candidate.probability) - weights[Int(candidate.id)] / total) < 1e-6)
      }
    }
  }

  @Test func equallyLikelyOnesComeByTheirIds() {
    // without weights every character is as likely as any other
    let model = CharacterModel(
      parameters: Parameters(zeros: ParameterLayout(configuration)), vocabulary: testVocabulary(9))
    var reader = SurprisalReader(model: model, candidates: 20)
    _ = reader.read(1)
    #expect(abs((reader.read(1) ?? 0) - log(9)) < 1e-6)
    #expect(reader.likeliest.map(\.id) == Array(0..<9))
    var few = SurprisalReader(model: model, candidates: 3)
    for _ in 0..<2 { _ = few.read(1) }
    #expect(few.likeliest.map(\.id) == [0, 1, 2])
  }

  @Test func skippedCharactersAreReadButNotScored() throws {
    let ids = testIDs(60, vocabularySize: 9)
    var (all, part) = (SurprisalReader(model: model), SurprisalReader(model: model))
    let every = ids.map { all.read($0) }
    for id in ids[..<20] { part.skip(id) }
    let some = ids[20...].map { part.read($0) }
    #expect(some == Array(every[20...]))
    let evaluation = try #require(part.evaluation)
    #expect(evaluation.characters == 40)
    #expect(abs(evaluation.natsPerCharacter - some.reduce(0) { $0 + ($1 ?? 0) } / 40) < 1e-12)
  }
}

import Tensors
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct SamplingPrecisionTests {
  private static let vocabularySize = 70

  private func model(
    hidden: Int, layers: Int, precision: SamplingPrecision, variant: KernelVariant = .best
  ) -> CharacterModel {
    let configuration = ModelConfiguration(
      vocabularySize: Self.vocabularySize, embeddingSize: 8, hiddenSize: hidden, layers: layers)
    return CharacterModel(
      parameters: testParameters(configuration), vocabulary: testVocabulary(Self.vocabularySize),
      precision: precision, kernels: Kernels(variant: variant))
  }

  /// All logits of all lanes after each of some steps.
  private func logits(_ model: CharacterModel, lanes: Int, steps: Int = 6, threads: Int = 1) -> [[Float]] {
    var state = RecurrentState(zeros: model.configuration, lanes: lanes)
    var logits = Logits(vocabularySize: Self.vocabularySize, lanes: lanes)
    let ids = testIDs(steps, vocabularySize: Self.vocabularySize)
    return (0..<steps).map { step in
      model.advance((0..<lanes).map { _ in ids[step] }, state: &state, logits: &logits, threads: threads)
      return (0..<lanes).flatMap { lane in (0..<Self.vocabularySize).map { logits[lane, $0] } }
    }
  }

  @Test(arguments: [SamplingPrecision.bfloat16, .int8]) func logitsAreCloseToThoseOfFloat32(
    precision: SamplingPrecision
  ) {
    for (hidden, layers) in [(1, 1), (17, 3), (100, 2), (300, 1)] {
      let exact = logits(model(hidden: hidden, layers: layers, precision: .float32), lanes: 1)
      let rounded = logits(model(hidden: hidden, layers: layers, precision: precision), lanes: 1)
      let largest = exact.joined().map(abs).max() ?? 0
      for (a, b) in zip(exact.joined(), rounded.joined()) { #expect(abs(a - b) < 0.03 * largest) }
      #expect(exact != rounded)
    }
  }

  @Test(arguments: SamplingPrecision.allCases) func everyVariantGivesTheSameBits(precision: SamplingPrecision) {
    let expected = logits(model(hidden: 41, layers: 2, precision: precision, variant: .scalar), lanes: 3)
    for variant in KernelVariant.allCases where variant.isAvailable {
      #expect(logits(model(hidden: 41, layers: 2, precision: precision, variant: variant), lanes: 3) == expected)
    }
  }

  /// A lane's logits do not depend on how many there are, nor on the threads that share a layer.
  @Test(arguments: SamplingPrecision.allCases) func lanesAndThreadsGiveTheSameBits(precision: SamplingPrecision) {
    let model = model(hidden: 400, layers: 2, precision: precision)
    let expected = logits(model, lanes: 1)
    for threads in [2, 3, 40] { #expect(logits(model, lanes: 1, threads: threads) == expected) }
    for lanes in [2, 5, 8] {
      let found = logits(model, lanes: lanes, threads: 2)
      for (a, b) in zip(found, expected) {
        for lane in 0..<lanes { #expect(Array(a[lane * Self.vocabularySize..<(lane + 1) * Self.vocabularySize]) == b) }
      }
    }
  }

  /// The same logits serve models of other precisions and sizes one after the other.
  @Test func logitsGoFromModelToModel() {
    var shared = Logits(vocabularySize: Self.vocabularySize)
    for (hidden, precision) in [(20, SamplingPrecision.int8), (20, .bfloat16), (300, .int8), (20, .int8)] {
      let model = model(hidden: hidden, layers: 2, precision: precision)
      var (state, other) = (RecurrentState(zeros: model.configuration), RecurrentState(zeros: model.configuration))
      var separate = Logits(vocabularySize: Self.vocabularySize)
      for id in [3, 1, 4] as [Int32] {
        model.advance([id], state: &state, logits: &shared)
        model.advance([id], state: &other, logits: &separate)
      }
      #expect((0..<Self.vocabularySize).allSatisfy { shared[0, $0] == separate[0, $0] })
    }
  }
}

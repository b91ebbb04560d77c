import AllocationCounter
import Tensors
import TestSupport
import Testing

@testable import CharLSTM

#if canImport(Glibc)
  /// Hot loops allocate nothing. Allocations are counted on the calling thread, so that tests beside this one do not show; the
  /// other threads of a step run the same code.
  @Suite struct AllocationTests {
    private func allocations(_ body: () throws -> Void) rethrows -> Int64 {
      let before = bard_allocations()
      try body()
      return bard_allocations() - before
    }

    @Test func theCounterCounts() {
      #expect(allocations { withExtendedLifetime([UInt8](repeating: 1, count: 1000)) {} } >= 1)
      #expect(allocations {} == 0)
    }

    @Test(
      arguments: [
        (TrainingPrecision.float32, 1, StateHandling.carry), (.float32, 2, .carry), (.bfloat16, 1, .carry),
        (.bfloat16, 2, .carry), (.float32, 1, .shuffle),
      ])
    func aMinibatchAllocatesNothing(precision: TrainingPrecision, threads: Int, stateHandling: StateHandling) throws {
      var configuration = TrainingConfiguration()
      configuration.precision = precision
      configuration.dropout = 0.2
      // enough parameters for several blocks of the optimizer's
      let ids = testIDs(8 * 10 * 5 + 1, vocabularySize: 30)
      let trainer = Trainer(
        model: ModelConfiguration(vocabularySize: 30, embeddingSize: 8, hiddenSize: 100, layers: 2),
        configuration: configuration, vocabulary: testVocabulary(30),
        batches: try LaneBatches(
          tokens: TokenSequence(ids, vocabularySize: 30), lanes: 8, timeSteps: 10, stateHandling: stateHandling),
        processor: Processor(threads: threads))
      try trainer.step(learningRate: 0.001)
      // across the end of an epoch
      let count = try allocations { for _ in 0..<10 { try trainer.step(learningRate: 0.001) } }
      #expect(count == 0)
      #expect(trainer.epoch > 2)
    }

    @Test(arguments: SamplingPrecision.allCases, [1, 2]) func aStepOfTheModelAllocatesNothing(
      precision: SamplingPrecision, threads: Int
    ) {
      let configuration = ModelConfiguration(vocabularySize: 30, embeddingSize: 8, hiddenSize: 400, layers: 2)
      let model = CharacterModel(
        parameters: testParameters(configuration), vocabulary: testVocabulary(30), precision: precision)
      var generator = TextGenerator(model: model, sampling: SamplingParameters(), seed: 1, threads: threads)
      generator.read([1, 2])
      #expect(allocations { for _ in 0..<10 { _ = generator.next() } } == 0)
    }

    @Test func readingSurpriseAllocatesNothing() {
      let configuration = ModelConfiguration(vocabularySize: 30, embeddingSize: 8, hiddenSize: 40, layers: 2)
      let model = CharacterModel(parameters: testParameters(configuration), vocabulary: testVocabulary(30))
      var reader = SurprisalReader(model: model, candidates: 5)
      for id in 0..<3 as Range<Int32> { _ = reader.read(id) }
      #expect(allocations { for id in 0..<30 as Range<Int32> { _ = reader.read(id) } } == 0)
    }
  }
#endif

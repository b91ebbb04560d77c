import Testing

@testable import CharLSTM

@Suite struct TrainingMemoryTests {
  /// The formula against what is really laid out, for odd sizes.
  @Test(arguments: TrainingPrecision.allCases, [0, 0.3])
  func theFormulaIsWhatATrainerHolds(precision: TrainingPrecision, dropout: Double) throws {
    for (hidden, layers, embedding, lanes, steps) in [(17, 1, 5, 3, 7), (40, 3, 0, 8, 1), (100, 2, 64, 1, 20)] {
      let model = ModelConfiguration(
        vocabularySize: 30, embeddingSize: embedding, hiddenSize: hidden, layers: layers)
      var configuration = TrainingConfiguration()
      configuration.lanes = lanes
      configuration.timeSteps = steps
      configuration.dropout = dropout
      configuration.precision = precision
      let tokens = lanes * steps * 2 + 1
      let memory = TrainingMemory(model: model, configuration: configuration, tokens: tokens)
      let trainer = Trainer(
        model: model, configuration: configuration, vocabulary: testVocabulary(30),
        batches: try LaneBatches(
          tokens: TokenSequence(testIDs(tokens, vocabularySize: 30), vocabularySize: 30), lanes: lanes,
          timeSteps: steps),
        threads: 1)
      // regions begin at multiples of 16 numbers
      #expect(abs(memory.activations + memory.derivedWeights - trainer.workspaceBytes) < 64 * 40)
      #expect(memory.parameters == 16 * trainer.parameters.values.count)
      #expect(memory.corpus == tokens)
      #expect(memory.checkpoint == 16 * trainer.parameters.values.count)
    }
  }

  @Test func otherOptimizersHoldOneMomentLess() {
    let model = ModelConfiguration(vocabularySize: 300, hiddenSize: 64)
    var configuration = TrainingConfiguration()
    let adam = TrainingMemory(model: model, configuration: configuration, tokens: 1000)
    configuration.optimizer = OptimizerConfiguration(rule: .sgd)
    let sgd = TrainingMemory(model: model, configuration: configuration, tokens: 1000)
    #expect(sgd.parameters * 4 == adam.parameters * 3)
    #expect(sgd.activations == adam.activations)
    #expect(adam.corpus == 2000)
    configuration.averageDecay = 0.99
    let averaged = TrainingMemory(model: model, configuration: configuration, tokens: 1000)
    #expect(averaged.parameters == adam.parameters && averaged.checkpoint == adam.parameters)
    configuration.weightDropout = 0.5
    let dropping = TrainingMemory(model: model, configuration: configuration, tokens: 1000)
    #expect(dropping.parameters * 4 == adam.parameters * 5 && dropping.checkpoint == adam.parameters)
  }
}

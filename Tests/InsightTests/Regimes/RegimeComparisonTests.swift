import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct RegimeComparisonTests {
  private func comparison(steps: Int) throws -> RegimeComparison {
    let text = String((0..<60).flatMap { "line \($0): some words that differ \($0 * $0)\n" })
    let corpus = try Corpus(CorpusText(bytes: Array(text.utf8)), unit: .character)
    var configuration = TrainingConfiguration()
    configuration.lanes = 4
    configuration.timeSteps = 8
    configuration.budget = .steps(steps)
    configuration.resetProbability = 0.5
    return RegimeComparison(
      model: ModelConfiguration(
        vocabularySize: corpus.vocabulary.count, embeddingSize: 4, hiddenSize: 16, layers: 1),
      configuration: configuration, corpus: corpus, processor: Processor(threads: 2))
  }

  @Test func regimesAreWhatTheirNamesSay() {
    var base = TrainingConfiguration()
    base.resetProbability = 0.1
    let settings = TrainingRegime.allCases.map { $0.configuration(over: base) }
    #expect(settings.map(\.objective) == [.last, .every, .every, .every])
    #expect(settings.map(\.stateHandling) == [.shuffle, .shuffle, .reset, .carry])
    #expect(settings.map(\.resetProbability) == [0, 0, 0, 0.1])
  }

  @Test func eachIsTrainedAndMeasured() throws {
    let comparison = try comparison(steps: 24)
    var losses: Set<Double> = []
    for regime in TrainingRegime.allCases {
      var told = 0
      let result = try #require(
        try comparison.run(regime) { share, loss in
          told += 1
          #expect(abs(share - Double(told) / 24) < 1e-12 && loss > 0)
          return true
        })
      #expect(told == 24 && result.steps == 24 && result.regime == regime)
      #expect(result.points.map(\.step) == (1...12).map { 2 * $0 })
      #expect(result.predictions == 24 * 4 * (regime == .manyToOne ? 1 : 8))
      #expect(result.validationLoss == result.points.last?.validationLoss)
      losses.insert(result.validationLoss)
      // training by the same settings, without the comparison, must give the same model
      let (training, validation) = comparison.corpus.split(validationFraction: 0.1)
      let settings = regime.configuration(over: comparison.configuration)
      let trainer = Trainer(
        model: comparison.model, configuration: settings, vocabulary: comparison.corpus.vocabulary,
        batches: try LaneBatches(
          tokens: training, lanes: 4, timeSteps: 8, stateHandling: settings.stateHandling, seed: settings.seed),
        processor: Processor())
      for step in 0..<24 {
        let rate = settings.schedule.rate(
          peak: settings.learningRate, step: step, warmupSteps: settings.warmupSteps, progress: Double(step) / 24)
        try trainer.step(learningRate: rate)
      }
      let expected = Evaluation.stateful(trainer.model, tokens: validation, threads: 1)?.natsPerCharacter
      #expect(result.validationLoss == expected)
      #expect(
        result.windowLoss
          == Evaluation.windows(trainer.model, tokens: validation, window: 8, threads: 1)?.natsPerCharacter)
    }
    #expect(losses.count == 4)
  }

  @Test func progressEndsIt() throws {
    var told = 0
    let result = try comparison(steps: 50).run(.stateful) { _, _ in
      told += 1
      return told < 3
    }
    #expect(result == nil && told == 3)
  }
}

import Tensors
import Testing

@testable import CharLSTM

@Suite struct TrainerTests {
  private let text = Array(
    "the quick brown fox jumps over the lazy dog; pack my box with five dozen liquor jugs. ".utf8)

  private func trainer(
    hidden: Int = 20, layers: Int = 2, lanes: Int = 5, timeSteps: Int = 6, threads: Int = 1, seed: UInt64 = 1,
    variant: KernelVariant = .best, rule: OptimizerConfiguration.Rule = .adam, repeats: Int = 8,
    change: (inout TrainingConfiguration) -> Void = { _ in }
  ) throws -> Trainer {
    let corpus = try Corpus(
      CorpusText(bytes: (0..<repeats).flatMap { _ in text }), unit: .character)
    var configuration = TrainingConfiguration()
    configuration.lanes = lanes
    configuration.timeSteps = timeSteps
    configuration.dropout = 0.1
    configuration.seed = seed
    configuration.optimizer = OptimizerConfiguration(rule: rule)
    change(&configuration)
    return Trainer(
      model: ModelConfiguration(
        vocabularySize: corpus.vocabulary.count, embeddingSize: 8, hiddenSize: hidden, layers: layers),
      configuration: configuration, vocabulary: corpus.vocabulary,
      batches: try LaneBatches(
        tokens: corpus.tokens, lanes: lanes, timeSteps: timeSteps, stateHandling: configuration.stateHandling,
        seed: seed), processor: Processor(threads: threads, kernels: Kernels(variant: variant)))
  }

  private func trained(_ trainer: Trainer, steps: Int) throws -> Parameters {
    for _ in 0..<steps { try trainer.step(learningRate: 0.01) }
    return trainer.parameters
  }

  @Test func anyNumberOfThreadsGivesTheSameBytes() throws {
    let expected = try trained(try trainer(threads: 1), steps: 20)
    for threads in [2, 3, 7] { #expect(try trained(try trainer(threads: threads), steps: 20) == expected) }
    #expect(try trained(try trainer(seed: 2), steps: 20) != expected)
  }

  @Test func anyVariantGivesTheSameBytes() throws {
    let expected = try trained(try trainer(variant: .scalar), steps: 5)
    for variant in KernelVariant.allCases where variant.isAvailable {
      #expect(try trained(try trainer(variant: variant), steps: 5) == expected, "\(variant.rawValue)")
    }
  }

  @Test(arguments: OptimizerConfiguration.Rule.allCases)
  func goingOnFromAStateEqualsNotStopping(rule: OptimizerConfiguration.Rule) throws {
    // 40 steps cross the end of an epoch
    let whole = try trainer(rule: rule)
    #expect(whole.batches.minibatchesPerEpoch < 40)
    let expected = try trained(whole, steps: 40)
    let first = try trainer(rule: rule)
    _ = try trained(first, steps: 17)
    let second = try trainer(rule: rule)
    second.state = first.state
    #expect(second.step == 17)
    #expect(try trained(second, steps: 23) == expected)
    #expect(second.state == whole.state)
  }

  /// All that disturbs training at once.
  private func disturb(_ configuration: inout TrainingConfiguration) {
    configuration.isDropoutLocked = true
    configuration.weightDropout = 0.3
    configuration.inputNoise = 0.1
    configuration.resetProbability = 0.2
    configuration.weightDecay = 0.1
    configuration.averageDecay = 0.9
  }

  @Test func whatDisturbsTrainingIsAFunctionOfSeedAndStep() throws {
    let whole = try trainer(change: disturb)
    _ = try trained(whole, steps: 30)
    let first = try trainer(threads: 3, change: disturb)
    _ = try trained(first, steps: 11)
    let second = try trainer(threads: 2, variant: .scalar, change: disturb)
    second.state = first.state
    _ = try trained(second, steps: 19)
    #expect(second.state == whole.state)
  }

  @Test(arguments: StateHandling.allCases, TrainingObjective.allCases)
  func everyRegimeGoesOnFromItsState(handling: StateHandling, objective: TrainingObjective) throws {
    func regime(threads: Int) throws -> Trainer {
      try trainer(threads: threads) {
        $0.stateHandling = handling
        $0.objective = objective
      }
    }
    let whole = try regime(threads: 1)
    _ = try trained(whole, steps: 50)
    #expect(whole.epoch > 1)
    let first = try regime(threads: 3)
    _ = try trained(first, steps: 21)
    let second = try regime(threads: 2)
    second.state = first.state
    #expect(try trained(second, steps: 29) == whole.parameters)
    let usual = try trained(try trainer(), steps: 50)
    #expect((whole.parameters == usual) == (handling == .carry && objective == .every))
  }

  @Test(
    arguments: [
      \TrainingConfiguration.weightDropout, \.inputNoise, \.resetProbability, \.weightDecay, \.averageDecay,
    ] as [WritableKeyPath<TrainingConfiguration, Double> & Sendable])
  func eachRegularizationChangesTheModel(setting: WritableKeyPath<TrainingConfiguration, Double> & Sendable) throws {
    let plain = try trainer()
    let changed = try trainer { $0[keyPath: setting] = 0.5 }
    _ = try (trained(plain, steps: 5), trained(changed, steps: 5))
    #expect(changed.averagedParameters != plain.averagedParameters)
    #expect((changed.parameters == plain.parameters) == (setting == \.averageDecay))
  }

  @Test func theModelIsTheAverageOfTheParameters() throws {
    let trainer = try trainer { $0.averageDecay = 0.9 }
    var average = trainer.parameters.values.floats(in: 0..<64).map(Double.init)
    for update in 1...12 {
      try trainer.step(learningRate: 0.01)
      let decay = min(0.9, Double(update) / Double(update + 9))
      for index in 0..<64 {
        average[index] = decay * average[index] + (1 - decay) * Double(trainer.parameters.values[index])
      }
    }
    let averaged = trainer.averagedParameters
    for index in 0..<64 { #expect(abs(Double(averaged.values[index]) - average[index]) < 1e-5) }
    #expect(trainer.model.parameters == averaged)
  }

  @Test(arguments: OptimizerConfiguration.Rule.allCases) func everyOptimizerLearns(rule: OptimizerConfiguration.Rule)
    throws
  {
    let trainer = try trainer(hidden: 32, layers: 1, rule: rule)
    let rate = rule == .sgd ? 0.3 : 0.005
    let first = try trainer.step(learningRate: rate).loss
    var last = first
    for _ in 0..<150 { last = try trainer.step(learningRate: rate).loss }
    #expect(first > 3)
    #expect(last < 2.2)
  }

  @Test func aShortTextIsLearntByHeart() throws {
    let passage = String(
      """
      Now is the winter of our discontent
      Made glorious summer by this sun of York;
      And all the clouds that lour'd upon our house
      In the deep bosom of the ocean buried.
      Now are our brows bound with victorious
      """.prefix(200))
    #expect(passage.count == 200)
    let corpus = try Corpus(CorpusText(bytes: Array(passage.utf8)), unit: .character)
    var configuration = TrainingConfiguration()
    configuration.lanes = 1
    configuration.timeSteps = 199
    configuration.dropout = 0
    let trainer = Trainer(
      model: ModelConfiguration(vocabularySize: corpus.vocabulary.count, embeddingSize: 16, hiddenSize: 64, layers: 1),
      configuration: configuration, vocabulary: corpus.vocabulary,
      batches: try LaneBatches(tokens: corpus.tokens, lanes: 1, timeSteps: 199), processor: Processor(threads: 2))
    var loss = Double.infinity
    for _ in 0..<600 where loss >= 0.03 { loss = try trainer.step(learningRate: 0.01).loss }
    #expect(loss < 0.05)
    var generator = TextGenerator(model: trainer.model, sampling: SamplingParameters(temperature: 0), seed: 1)
    generator.read(try corpus.vocabulary.encode("N", unknown: .error).ids)
    #expect("N" + generator.text(length: 199) == passage)
  }

  @Test func aLossThatIsNotFiniteLeavesTheParameters() throws {
    let trainer = try trainer()
    _ = try trained(trainer, steps: 3)
    var broken = trainer.state
    var values = broken.parameters
    values.values[values.layout.decoderBias.index(row: 0, column: 0)] = .nan
    broken.parameters = values
    trainer.state = broken
    let before = trainer.parameters.values.floats(in: 0..<100)
    do {
      try trainer.step(learningRate: 0.01)
      Issue.record("a loss of NaN went unnoticed")
    } catch {
      guard case .lossNotFinite(let step, let loss, _, let rate) = error else { return }
      #expect(step == 3)
      #expect(loss.isNaN)
      #expect(rate == 0.01)
    }
    #expect(trainer.step == 3)
    #expect(trainer.parameters.values.floats(in: 0..<100) == before)
  }

  @Test func gradientsAreClippedToTheirNorm() throws {
    // SGD's first update without momentum is rate times the clipped gradient
    let trainer = try trainer(layers: 1, rule: .sgd) {
      $0.weightDecay = 0
      $0.clipNorm = 0.125
    }
    let before = trainer.parameters
    let report = try trainer.step(learningRate: 1)
    var squares = 0.0
    for tensor in NamedTensor.all(of: before.layout.configuration) {
      for (a, b) in zip(before[tensor], trainer.parameters[tensor]) { squares += Double(a - b) * Double(a - b) }
    }
    #expect(report.gradientNorm > 0.2)
    #expect(abs(squares.squareRoot() - 0.125) < 1e-5)
  }
}

import ArgumentParser
import CharLSTM
import REPL
import Tensors

/// The network's sizes and how it is trained. What is left out a `TrainingPlan` chooses, or it is the library's default.
struct NetworkOptions: ParsableArguments {
  private static let defaults = TrainingConfiguration()

  @Option(help: "Cells in each layer, H. (default: chosen)")
  var hiddenSize: Int?

  @Option(help: "LSTM layers, L. (default: \(ModelConfiguration.defaultLayers))")
  var layers: Int?

  @Option(
    help:
      "Size of the vector that stands for a character, D; 0: one-hot. (default: \(ModelConfiguration.defaultEmbeddingSize))"
  )
  var embeddingSize: Int?

  @Option(help: "Contiguous pieces of the corpus read side by side, the batch size B. (default: \(defaults.lanes))")
  var lanes: Int?

  @Option(help: "Characters of each lane in a minibatch, T. (default: \(defaults.timeSteps))")
  var timeSteps: Int?

  @Option(
    help:
      "every: learn from the prediction after each character (many-to-many); last: only from the one after a window's last (many-to-one). (default: \(defaults.objective.rawValue))"
  )
  var objective: TrainingObjective?

  @Option(
    help:
      "carry: each lane goes on from the state it ended with (stateful); reset: every minibatch begins from zero; shuffle: from zero, and windows in random order. (default: \(defaults.stateHandling.rawValue))",
    completion: .list(StateHandling.allCases.map(\.rawValue)), transform: StateHandling.init(words:))
  var state: StateHandling?

  @Option(help: "Probability of dropping a value after each layer. (default: chosen)")
  var dropout: Double?

  @Flag(
    inversion: .prefixedNo, help: "Drop the same values at every step of a minibatch. (default: chosen, which is yes)")
  var lockedDropout: Bool?

  @Option(help: "Probability of leaving a recurrent weight out of a minibatch. (default: chosen)")
  var weightDropout: Double?

  @Option(
    help:
      "Probability that a character read is replaced by a random one of the training part. (default: \(significant(defaults.inputNoise)))"
  )
  var inputNoise: Double?

  @Option(
    help:
      "Probability that a lane begins a minibatch from a zero state. (default: \(significant(defaults.resetProbability)))"
  )
  var resetProbability: Double?

  @Option(
    help: "Decay of the weights, decoupled from the gradient. (default: \(significant(defaults.weightDecay)))")
  var weightDecay: Double?

  @Option(
    help:
      "Decay of the average of the weights that becomes the model; 0: no average. (default: \(significant(defaults.averageDecay)))"
  )
  var averageDecay: Double?

  @Option(help: "adam, sgd (with momentum) or rmsprop. (default: \(defaults.optimizer.rule.rawValue))")
  var optimizer: OptimizerConfiguration.Rule?

  @Option(help: "Highest learning rate. (default: \(significant(defaults.learningRate)))")
  var learningRate: Double?

  @Option(
    help: "constant, or cosine: down to a hundredth over the whole budget. (default: \(defaults.schedule.rawValue))")
  var schedule: LearningRateSchedule?

  @Option(help: "Minibatches in which the learning rate rises to its highest. (default: \(defaults.warmupSteps))")
  var warmupSteps: Int?

  @Option(
    help: "Largest norm of all gradients together; 0: no limit. (default: \(significant(defaults.clipNorm)))")
  var clipNorm: Double?

  @Option(
    help: "Last part of the corpus that is kept for validation. (default: \(significant(defaults.validationFraction)))")
  var validationFraction: Double?

  @Option(
    help:
      "End after so many epochs without a lower validation loss, a quarter of the run at least; 0: never. (default: \(defaults.patience))"
  )
  var patience: Int?

  @Option(
    help:
      "Seed of all that is drawn: fresh weights, what is dropped, replaced or zeroed, shuffled windows, samples. (default: \(defaults.seed))"
  )
  var seed: UInt64?

  @Option(
    help:
      "float32, or bfloat16: twice as fast where the processor has AVX512_BF16. (default: what is faster)"
  )
  var precision: TrainingPrecision?

  /// What suits the corpus, with the sizes and settings that were given.
  func plan(
    for corpus: Corpus, budget: TrainingBudget?, preset: TrainingPlan.Preset, threads: Int, variant: KernelVariant
  ) -> TrainingPlan {
    let given = configuration(over: Self.defaults)
    return TrainingPlan(
      characters: corpus.split(validationFraction: given.validationFraction).training.count,
      vocabularySize: corpus.vocabulary.count, hiddenSize: hiddenSize,
      layers: layers ?? ModelConfiguration.defaultLayers, lanes: given.lanes, timeSteps: given.timeSteps,
      precision: precision, budget: budget, preset: preset, threads: threads, variant: variant)
  }

  /// The settings `base` with what was given put over them.
  func configuration(over base: TrainingConfiguration) -> TrainingConfiguration {
    var configuration = base
    if let lanes { configuration.lanes = lanes }
    if let timeSteps { configuration.timeSteps = timeSteps }
    if let objective { configuration.objective = objective }
    if let state { configuration.stateHandling = state }
    if let dropout { configuration.dropout = dropout }
    if let lockedDropout { configuration.isDropoutLocked = lockedDropout }
    if let weightDropout { configuration.weightDropout = weightDropout }
    if let inputNoise { configuration.inputNoise = inputNoise }
    if let resetProbability { configuration.resetProbability = resetProbability }
    if let weightDecay { configuration.weightDecay = weightDecay }
    if let averageDecay { configuration.averageDecay = averageDecay }
    if let optimizer { configuration.optimizer = OptimizerConfiguration(rule: optimizer) }
    if let learningRate { configuration.learningRate = learningRate }
    if let schedule { configuration.schedule = schedule }
    if let warmupSteps { configuration.warmupSteps = warmupSteps }
    if let clipNorm { configuration.clipNorm = clipNorm }
    if let validationFraction { configuration.validationFraction = validationFraction }
    if let patience { configuration.patience = patience }
    if let seed { configuration.seed = seed }
    if let precision { configuration.precision = precision }
    return configuration
  }

  /// The sizes `base` with what was given put over them.
  func model(over base: ModelConfiguration) -> ModelConfiguration {
    ModelConfiguration(
      vocabularySize: base.vocabularySize, embeddingSize: embeddingSize ?? base.embeddingSize,
      hiddenSize: hiddenSize ?? base.hiddenSize, layers: layers ?? base.layers)
  }

  /// The options given that differ from how a run began, for which there is no going on.
  func conflicts(model: ModelConfiguration, training: TrainingConfiguration) -> [String] {
    var conflicts: [String] = []
    func compare<Value: Equatable>(_ name: String, _ given: Value?, _ stored: Value) {
      if let given, given != stored { conflicts.append("--\(name) \(given) (it began with \(stored))") }
    }
    compare("hidden-size", hiddenSize, model.hiddenSize)
    compare("layers", layers, model.layers)
    compare("embedding-size", embeddingSize, model.embeddingSize)
    compare("lanes", lanes, training.lanes)
    compare("time-steps", timeSteps, training.timeSteps)
    compare("objective", objective?.rawValue, training.objective.rawValue)
    compare("state", state?.rawValue, training.stateHandling.rawValue)
    compare("dropout", dropout, training.dropout)
    compare("locked-dropout", lockedDropout, training.isDropoutLocked)
    compare("weight-dropout", weightDropout, training.weightDropout)
    compare("input-noise", inputNoise, training.inputNoise)
    compare("reset-probability", resetProbability, training.resetProbability)
    compare("weight-decay", weightDecay, training.weightDecay)
    compare("average-decay", averageDecay, training.averageDecay)
    compare("optimizer", optimizer, training.optimizer.rule)
    compare("learning-rate", learningRate, training.learningRate)
    compare("schedule", schedule, training.schedule)
    compare("warmup-steps", warmupSteps, training.warmupSteps)
    compare("clip-norm", clipNorm, training.clipNorm)
    compare("validation-fraction", validationFraction, training.validationFraction)
    compare("seed", seed, training.seed)
    compare("precision", precision, training.precision)
    return conflicts
  }

  func validate() throws {
    do {
      try configuration(over: Self.defaults).validate()
      try model(over: ModelConfiguration(vocabularySize: 1)).validate()
    } catch let error as TrainingConfigurationError {
      throw ValidationError(error.words)
    } catch let error as ModelConfigurationError {
      throw ValidationError(error.words)
    }
  }
}

extension TrainingPrecision: ExpressibleByArgument {}

extension TrainingPlan.Preset: ExpressibleByArgument {}

extension TrainingConfigurationError: InWords {
  public var words: String {
    switch self {
    case .outOfRange(let name, let value, let allowed):
      "\(optionName(name)) must be \(allowed), not \(significant(value))."
    }
  }
}

extension ModelConfigurationError: InWords {
  public var words: String {
    switch self {
    case .outOfRange(let name, let value, let allowed):
      "\(optionName(name)) must be from \(allowed.lowerBound) to \(allowed.upperBound), not \(value)."
    }
  }
}

/// hiddenSize as --hidden-size.
func optionName(_ name: String) -> String {
  "--" + name.map { $0.isUppercase ? "-\($0.lowercased())" : String($0) }.joined()
}

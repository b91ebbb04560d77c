/// How a network is trained. Every default of the library and of the command line stands here.
public struct TrainingConfiguration: Sendable, Codable, Equatable {
  /// B: contiguous pieces of the corpus that are read side by side.
  public var lanes = 32
  /// T: characters of each lane in a minibatch, the length that gradients are propagated through.
  public var timeSteps = 64
  /// Which of a window's predictions are learnt from.
  public var objective = TrainingObjective.every
  /// Whether lanes carry their state on.
  public var stateHandling = StateHandling.carry
  /// Probability that a value between two layers, or between the last one and the softmax layer, is dropped.
  public var dropout = 0.2
  /// Whether a lane drops the same values at every time step of a minibatch (Gal & Ghahramani 2016).
  public var isDropoutLocked = false
  /// Probability that a recurrent weight is left out of a minibatch (DropConnect).
  public var weightDropout = 0.0
  /// Probability that a character which the network reads is replaced by one drawn from the training part.
  public var inputNoise = 0.0
  /// Probability that a lane begins a minibatch from a zero state instead of the carried one.
  /// Without it a network is hardly ever shown a beginning, and what it writes from one is no text.
  public var resetProbability = 0.02
  /// Share of each weight that is taken off it at the highest learning rate, divided by that rate.
  public var weightDecay = 0.1
  /// Decay of the average of the weights that becomes the model; 0: the weights themselves do.
  public var averageDecay = 0.0
  /// The update rule and its constants.
  public var optimizer = OptimizerConfiguration()
  /// Highest learning rate.
  public var learningRate = 0.006
  /// How the learning rate goes down from its highest.
  public var schedule = LearningRateSchedule.cosine
  /// Steps in which the learning rate rises from zero.
  public var warmupSteps = 50
  /// Largest Euclidean norm of all gradients together; larger ones are scaled down to it. 0: never.
  public var clipNorm = 1.0
  /// What ends training, where `patience` does not end it before.
  public var budget = TrainingBudget.minutes(3)
  /// Last part of the corpus that is not trained on.
  public var validationFraction = 0.1
  /// Epochs without a lower validation loss after which training ends, once they are a quarter of the time spent too: with a
  /// falling learning rate a pause says little. 0: only the budget ends it.
  public var patience = 5
  /// Seeds all that is drawn: fresh weights, masks, noise, lanes that are zeroed, shuffled windows and samples.
  public var seed: UInt64 = 1
  /// What the LSTM layers' products are computed in.
  public var precision = TrainingPrecision.float32

  /// Every setting at its default.
  public init() {}

  /// What a file written by an earlier version does not name has its default.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func take<Value: Decodable>(_ key: CodingKeys, _ value: inout Value) throws {
      if let found = try container.decodeIfPresent(Value.self, forKey: key) { value = found }
    }
    try take(.lanes, &lanes)
    try take(.timeSteps, &timeSteps)
    try take(.objective, &objective)
    try take(.stateHandling, &stateHandling)
    try take(.dropout, &dropout)
    try take(.isDropoutLocked, &isDropoutLocked)
    try take(.weightDropout, &weightDropout)
    try take(.inputNoise, &inputNoise)
    // files that do not name them are from before there were any
    (resetProbability, weightDecay) = (0, 0)
    try take(.resetProbability, &resetProbability)
    try take(.weightDecay, &weightDecay)
    try take(.averageDecay, &averageDecay)
    try take(.optimizer, &optimizer)
    try take(.learningRate, &learningRate)
    try take(.schedule, &schedule)
    try take(.warmupSteps, &warmupSteps)
    try take(.clipNorm, &clipNorm)
    try take(.budget, &budget)
    try take(.validationFraction, &validationFraction)
    try take(.patience, &patience)
    try take(.seed, &seed)
    try take(.precision, &precision)
  }

  /// Checks every value against its range.
  /// - Throws: `TrainingConfigurationError` naming the first value that is out of its range.
  public func validate() throws(TrainingConfigurationError) {
    try check("lanes", Double(lanes), lanes >= 1 && lanes <= 1 << 16, "from 1 to 65536")
    try check("timeSteps", Double(timeSteps), timeSteps >= 1 && timeSteps <= 1 << 16, "from 1 to 65536")
    try check("dropout", dropout, dropout >= 0 && dropout < 1, "from 0 to below 1")
    for (name, value) in [
      ("weightDropout", weightDropout), ("inputNoise", inputNoise), ("resetProbability", resetProbability),
      ("averageDecay", averageDecay),
    ] {
      try check(name, value, value >= 0 && value < 1, "from 0 to below 1")
    }
    try check("learningRate", learningRate, learningRate > 0 && learningRate.isFinite, "above 0")
    try check(
      "weightDecay", weightDecay, weightDecay >= 0 && weightDecay * learningRate < 1,
      "from 0 to below 1 / learning rate")
    try check("warmupSteps", Double(warmupSteps), warmupSteps >= 0, "0 or more")
    try check("clipNorm", clipNorm, clipNorm >= 0 && clipNorm.isFinite, "0 (never clip) or more")
    try check(
      "validationFraction", validationFraction, validationFraction >= 0 && validationFraction < 1, "from 0 to below 1")
    try check("patience", Double(patience), patience >= 0, "0 (never) or more")
    switch budget {
    case .epochs(let count): try check("epochs", Double(count), count >= 1, "1 or more")
    case .steps(let count): try check("steps", Double(count), count >= 1, "1 or more")
    case .minutes(let minutes): try check("minutes", minutes, minutes > 0 && minutes.isFinite, "above 0")
    }
  }

  private func check(
    _ name: String, _ value: Double, _ holds: Bool, _ allowed: String
  ) throws(TrainingConfigurationError) {
    guard holds else { throw .outOfRange(name: name, value: value, allowed: allowed) }
  }
}

/// Which predictions of a window of T characters make up the loss.
public enum TrainingObjective: String, Sendable, Codable, CaseIterable {
  /// All T of them, many-to-many: Keras's `return_sequences=True` with a `TimeDistributed` softmax.
  case every
  /// The one after the last character, many-to-one: `return_sequences=False`. A window teaches one character instead of T.
  case last
}

/// A setting that training cannot use.
public enum TrainingConfigurationError: Error, Sendable, Equatable {
  /// The property `name` is `value`; `allowed` says in words what it may be.
  case outOfRange(name: String, value: Double, allowed: String)
}

/// When training ends.
public enum TrainingBudget: Sendable, Codable, Equatable {
  /// Passes over the training part.
  case epochs(Int)
  /// Minibatches.
  case steps(Int)
  /// Time spent in training, validation and checkpoints included.
  case minutes(Double)

  /// How much of the budget is used, from 0 to 1.
  public func progress(step: Int, minibatchesPerEpoch: Int, seconds: Double) -> Double {
    switch self {
    case .epochs(let count): min(1, Double(step) / max(1, Double(count) * Double(minibatchesPerEpoch)))
    case .steps(let count): min(1, Double(step) / Double(count))
    case .minutes(let minutes): min(1, seconds / (60 * minutes))
    }
  }
}

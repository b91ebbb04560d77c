/// The settings of training. The defaults here are those of the library and of the command line. `settings` lists the
/// range and the meaning of each.
public struct TrainingConfiguration: Sendable, Codable, Equatable {
  /// The number of lanes, B: contiguous parts of the corpus that are read side by side.
  public var lanes = 32
  /// The number of time steps, T: the characters of each lane in one minibatch. Gradients are propagated through T steps.
  public var timeSteps = 64
  /// Which predictions of a window count.
  public var objective = TrainingObjective.every
  /// Whether each lane keeps its state from one minibatch to the next.
  public var stateHandling = StateHandling.carry
  /// The probability of dropping a value between two layers, or between the last layer and the softmax layer.
  public var dropout = 0.2
  /// Whether a lane drops the same values at every time step of a minibatch (Gal & Ghahramani 2016).
  public var isDropoutLocked = false
  /// The probability of dropping a recurrent weight for one minibatch (DropConnect), rounded to a multiple of 1/256.
  public var weightDropout = 0.0
  /// The probability of replacing an input character with one drawn from the training part.
  public var inputNoise = 0.0
  /// The probability that a lane starts a minibatch from a zero state instead of the carried one. Otherwise the network
  /// hardly ever sees the beginning of a text, and does not learn how to begin one.
  public var resetProbability = 0.02
  /// Decoupled weight decay: each update subtracts `learningRate * weightDecay * weight`.
  public var weightDecay = 0.1
  /// The decay of the moving average of the weights that becomes the model; 0 for no average.
  public var averageDecay = 0.0
  /// The update rule and its constants.
  public var optimizer = OptimizerConfiguration()
  /// The highest learning rate.
  public var learningRate = 0.006
  /// How the learning rate falls from its highest value.
  public var schedule = LearningRateSchedule.cosine
  /// The number of steps in which the learning rate rises to its highest value.
  public var warmupSteps = 50
  /// The maximum Euclidean norm of all gradients together. Larger gradients are scaled down to it. 0 for no limit.
  public var clipNorm = 1.0
  /// When training ends, unless `patience` ends it earlier.
  public var budget = TrainingBudget.minutes(3)
  /// The fraction of the corpus, at its end, that is held out for validation.
  public var validationFraction = 0.1
  /// Training ends after this many epochs without a lower validation loss, if they are also at least a quarter of all
  /// steps so far: with a falling learning rate, a short pause says little. 0 to never end early.
  public var patience = 5
  /// The seed of all random numbers: fresh weights, dropout masks, noise, lanes that are reset, shuffled windows and
  /// samples.
  public var seed: UInt64 = 1
  /// The precision of the LSTM layers' matrix products.
  public var precision = TrainingPrecision.float32

  /// Makes the default configuration.
  public init() {}

  /// Reads a configuration. A setting that is missing, because an earlier version wrote the file, gets its default.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: SettingKey.self)
    for setting in Self.settings { try setting.decode(from: container, into: &self) }
    if let budget = try container.decodeIfPresent(TrainingBudget.self, forKey: SettingKey("budget")) {
      self.budget = budget
    }
  }

  /// Checks every value against its range.
  /// - Throws: `SettingError` for the first value that is out of its range.
  public func validate() throws(SettingError) {
    for setting in Self.settings { try setting.check(self) }
    for (name, value, allowed) in [
      ("beta1", optimizer.beta1, SettingRange.from(0, below: 1)), ("beta2", optimizer.beta2, .from(0, below: 1)),
      // a smaller number would be 0 in float32
      ("epsilon", optimizer.epsilon, .from(1e-30)),
    ] where !allowed.contains(.number(value)) {
      throw SettingError(name: name, value: .number(value), allowed: allowed)
    }
    // weight decay must not change the sign of a weight
    let decay = SettingRange.from(0, below: 1 / learningRate)
    if !decay.contains(.number(weightDecay)) {
      throw SettingError(name: "weightDecay", value: .number(weightDecay), allowed: decay)
    }
    try budget.validate()
  }
}

/// The amount of training.
public enum TrainingBudget: Sendable, Codable, Equatable {
  /// A number of passes over the training part.
  case epochs(Int)
  /// A number of minibatches.
  case steps(Int)
  /// A time that includes validations and checkpoints.
  case minutes(Double)

  /// The share of the budget that is used, from 0 to 1.
  public func share(step: Int, minibatchesPerEpoch: Int, seconds: Double) -> Double {
    switch self {
    case .epochs(let count): min(1, Double(step) / max(1, Double(count) * Double(minibatchesPerEpoch)))
    case .steps(let count): min(1, Double(step) / Double(count))
    case .minutes(let minutes): min(1, seconds / (60 * minutes))
    }
  }

  /// Checks that the budget is above 0.
  /// - Throws: `SettingError` if it is not.
  public func validate() throws(SettingError) {
    let (name, value, allowed): (String, SettingValue, SettingRange) =
      switch self {
      case .epochs(let count): ("epochs", .whole(count), .whole(1...Int.max))
      case .steps(let count): ("steps", .whole(count), .whole(1...Int.max))
      case .minutes(let minutes): ("minutes", .number(minutes), .above(0))
      }
    if !allowed.contains(value) { throw SettingError(name: name, value: value, allowed: allowed) }
  }
}

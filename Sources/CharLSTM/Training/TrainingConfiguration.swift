/// How a network is trained. The defaults of the library and of the command line stand here; what each setting may be and does
/// is in `settings`.
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
  /// Decoupled weight decay: each update subtracts `learningRate * weightDecay * weight`.
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
    let container = try decoder.container(keyedBy: SettingKey.self)
    for setting in Self.settings { try setting.decode(from: container, into: &self) }
    if let budget = try container.decodeIfPresent(TrainingBudget.self, forKey: SettingKey("budget")) {
      self.budget = budget
    }
  }

  /// Checks every value against its range.
  /// - Throws: `SettingError` naming the first value that is out of its range.
  public func validate() throws(SettingError) {
    for setting in Self.settings { try setting.check(self) }
    // an update must leave something of a weight
    let decay = SettingRange.from(0, below: 1 / learningRate)
    if !decay.contains(.number(weightDecay)) {
      throw SettingError(name: "weightDecay", value: .number(weightDecay), allowed: decay)
    }
    try budget.validate()
  }
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

  /// Checks that the budget is more than nothing.
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

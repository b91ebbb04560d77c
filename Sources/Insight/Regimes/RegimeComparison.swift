import CharLSTM

/// Trains the same network by different regimes, each with the same budget, and measures what became of it.
public struct RegimeComparison: Sendable {
  /// What one regime came to.
  public struct Result: Sendable, Equatable {
    /// A validation on the way.
    public struct Point: Sendable, Equatable, Codable {
      /// Minibatches done.
      public let step: Int
      /// Spent on minibatches so far.
      public let seconds: Double
      /// Stateful, nats per character.
      public let validationLoss: Double
    }

    /// How the network was trained.
    public let regime: TrainingRegime
    /// Minibatches that the budget was enough for.
    public let steps: Int
    /// Passes over the training part.
    public let epochs: Double
    /// Predictions that were learnt from.
    public let predictions: Int
    /// In the order of training; the last one stands at the end of the budget.
    public let points: [Point]
    /// Nats per character of the validation part, its state carried from beginning to end.
    public let validationLoss: Double
    /// The same from a zero state at every T characters, T being what it was trained with.
    public let windowLoss: Double?
    /// Up to the largest of `LossByPosition.ranges`, or T where that is larger; nil for a validation part that is shorter.
    public let lossByPosition: LossByPosition?
  }

  /// The sizes of the network; all regimes begin with the same fresh weights.
  public let model: ModelConfiguration
  /// What all regimes have in common: budget, learning rate, lanes, seed and the rest.
  public let configuration: TrainingConfiguration
  /// Cut in a training and a validation part by the configuration, the same for all regimes.
  public let corpus: Corpus
  /// What trains and validates; a budget in minutes is worth more steps with more threads.
  public let processor: Processor

  /// Validations on the way, at equal shares of the budget.
  public static let validations = 12

  /// What all regimes share; objective and state handling are not taken from the configuration but from each of them.
  public init(
    model: ModelConfiguration, configuration: TrainingConfiguration, corpus: Corpus, processor: Processor
  ) {
    self.model = model
    self.configuration = configuration
    self.corpus = corpus
    self.processor = processor
  }

  /// Trains by one regime, from fresh weights.
  ///
  /// - Parameters:
  ///   - regime: what to learn from, and what to do with the state.
  ///   - progress: told after every minibatch the share of the budget used and the loss; false ends it.
  /// - Returns: nil where `progress` ended it, or there is nothing to validate on.
  /// - Throws: `LaneBatchesError` or `TrainingError`.
  public func run(_ regime: TrainingRegime, progress: (_ share: Double, _ loss: Double) -> Bool) throws -> Result? {
    let settings = regime.configuration(over: configuration)
    let (training, validation) = corpus.split(validationFraction: settings.validationFraction)
    let batches = try LaneBatches(
      tokens: training, lanes: settings.lanes, timeSteps: settings.timeSteps, stateHandling: settings.stateHandling,
      seed: settings.seed)
    let trainer = Trainer(
      model: model, configuration: settings, vocabulary: corpus.vocabulary, batches: batches, processor: processor)
    var loop = TrainingLoop(trainer, timing: .minibatches)
    var points: [Result.Point] = []
    func validate() -> Bool {
      guard let loss = Evaluation.stateful(trainer.model, tokens: validation, threads: processor.threads) else {
        return false
      }
      points.append(.init(step: trainer.step, seconds: loop.seconds, validationLoss: loss.natsPerCharacter))
      return true
    }
    while loop.share < 1 {
      let loss = try loop.step().step.loss
      let share = loop.share
      let isDue = share * Double(Self.validations) >= Double(points.count + 1)
      guard !isDue || validate(), progress(share, loss) else { return nil }
    }
    guard let last = points.last else { return nil }
    let (network, longest) = (
      trainer.model, max(settings.timeSteps, LossByPosition.ranges.map(\.upperBound).max() ?? 1)
    )
    return Result(
      regime: regime, steps: trainer.step, epochs: trainer.epoch,
      predictions: trainer.step * batches.lanes * (regime.objective == .last ? 1 : batches.timeSteps), points: points,
      validationLoss: last.validationLoss,
      windowLoss: Evaluation.windows(
        network, tokens: validation, window: settings.timeSteps, threads: processor.threads)?.natsPerCharacter,
      lossByPosition: LossByPosition(network, tokens: validation, window: longest, threads: processor.threads))
  }
}

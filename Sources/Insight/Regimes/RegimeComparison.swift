import CharLSTM

/// Trains the same network with different regimes and the same budget, and measures the losses.
public struct RegimeComparison: Sendable {
  /// The result of one regime.
  public struct Result: Sendable, Equatable {
    /// A validation during training.
    public struct Point: Sendable, Equatable, Codable {
      /// The number of minibatches so far.
      public let step: Int
      /// The time spent on minibatches so far.
      public let seconds: Double
      /// The stateful validation loss in nats per character.
      public let validationLoss: Double
    }

    /// How the network was trained.
    public let regime: TrainingRegime
    /// The number of minibatches within the budget.
    public let steps: Int
    /// The number of passes over the training part.
    public let epochs: Double
    /// The number of predictions that training used.
    public let predictions: Int
    /// The validations in the order of training; the last one is at the end of the budget.
    public let points: [Point]
    /// The loss on the validation part in nats per character, with the state carried from beginning to end.
    public let validationLoss: Double
    /// The loss on the validation part in windows of T characters, each from a zero state. T is that of training.
    public let windowLoss: Double?
    /// The loss by position, for positions up to the largest of `LossByPosition.ranges`, or T if that is larger. It is
    /// nil if the validation part is shorter.
    public let lossByPosition: LossByPosition?
  }

  /// The sizes of the network. All regimes begin with the same initial weights.
  public let model: ModelConfiguration
  /// The settings that all regimes share: budget, learning rate, lanes, seed and the rest.
  public let configuration: TrainingConfiguration
  /// The text. The configuration cuts it into a training and a validation part, the same for all regimes.
  public let corpus: Corpus
  /// The processor that trains and validates. With more threads, a budget in minutes allows more steps.
  public let processor: Processor

  /// The number of validations during training, at equal shares of the budget.
  public static let validations = 12

  /// Takes what all regimes share. Objective and state handling come from each regime, not from the configuration.
  public init(
    model: ModelConfiguration, configuration: TrainingConfiguration, corpus: Corpus, processor: Processor
  ) {
    self.model = model
    self.configuration = configuration
    self.corpus = corpus
    self.processor = processor
  }

  /// Trains with one regime, starting from initial weights.
  ///
  /// - Parameters:
  ///   - regime: the predictions to learn from, and the handling of the state.
  ///   - progress: called after every minibatch with the share of the budget used and the loss; false stops training.
  /// - Returns: nil if `progress` stopped training, or if there is no validation part.
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

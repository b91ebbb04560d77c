import Tensors

/// Trains the same network by different regimes, each with the same budget, and measures what became of it.
public struct RegimeComparison: Sendable {
  /// What one regime came to.
  public struct Result: Sendable, Equatable {
    /// A validation on the way.
    public struct Point: Sendable, Equatable, Codable {
      public let step: Int
      /// Spent on minibatches so far.
      public let seconds: Double
      /// Stateful, nats per character.
      public let validationLoss: Double
    }

    public let regime: TrainingRegime
    public let steps: Int
    /// Passes over the training part.
    public let epochs: Double
    /// Predictions that were learnt from.
    public let predictions: Int
    public let points: [Point]
    /// Nats per character of the validation part, its state carried from beginning to end.
    public let validationLoss: Double
    /// The same from a zero state at every T characters, T being what it was trained with.
    public let windowLoss: Double?
    /// Up to the largest of `LossByPosition.ranges`, or T where that is larger; nil for a validation part that is shorter.
    public let lossByPosition: LossByPosition?
  }

  public let model: ModelConfiguration
  public let configuration: TrainingConfiguration
  public let corpus: Corpus
  public let threads: Int
  public let kernels: Kernels

  /// Validations on the way, at equal shares of the budget.
  public static let validations = 12

  /// - Parameter configuration: of all regimes; its objective and state handling are theirs.
  public init(
    model: ModelConfiguration, configuration: TrainingConfiguration, corpus: Corpus, threads: Int,
    kernels: Kernels = Kernels()
  ) {
    self.model = model
    self.configuration = configuration
    self.corpus = corpus
    self.threads = threads
    self.kernels = kernels
  }

  /// Trains by one regime.
  ///
  /// - Parameter progress: told after every minibatch the share of the budget used and the loss; false ends the comparison.
  /// - Returns: nil where `progress` ended it, or there is nothing to validate on.
  /// - Throws: `LaneBatchesError` or `TrainingError`.
  public func run(_ regime: TrainingRegime, progress: (_ share: Double, _ loss: Double) -> Bool) throws -> Result? {
    let settings = regime.configuration(over: configuration)
    let (training, validation) = corpus.split(validationFraction: settings.validationFraction)
    let batches = try LaneBatches(
      tokens: training, lanes: settings.lanes, timeSteps: settings.timeSteps, stateHandling: settings.stateHandling,
      seed: settings.seed)
    let trainer = Trainer(
      model: model, configuration: settings, vocabulary: corpus.vocabulary, batches: batches, threads: threads,
      kernels: kernels)
    let clock = ContinuousClock()
    var seconds = 0.0
    var points: [Result.Point] = []
    func validate() -> Bool {
      guard let loss = Evaluation.stateful(trainer.model, tokens: validation, threads: threads) else { return false }
      points.append(.init(step: trainer.step, seconds: seconds, validationLoss: loss.natsPerCharacter))
      return true
    }
    var share = 0.0
    while share < 1 {
      let start = clock.now
      let rate = settings.schedule.rate(
        peak: settings.learningRate, step: trainer.step, warmupSteps: settings.warmupSteps, progress: share)
      let loss = try trainer.step(learningRate: rate).loss
      seconds += (clock.now - start) / .seconds(1)
      share = settings.budget.progress(
        step: trainer.step, minibatchesPerEpoch: batches.minibatchesPerEpoch, seconds: seconds)
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
        network, tokens: validation, window: settings.timeSteps, threads: threads)?.natsPerCharacter,
      lossByPosition: LossByPosition(network, tokens: validation, window: longest, threads: threads))
  }
}

/// Trains until the budget is used or the validation loss no longer falls, and reports what happens on the way.
///
/// It decides when to validate, sample and save, and it keeps the summary and the history. Its caller validates, writes
/// samples and writes files:
///
///     let run = TrainingRun(
///       trainer: trainer, summary: summary,
///       actions: .init(
///         validate: { Evaluation.stateful($0, tokens: heldOut, threads: 2)?.natsPerCharacter },
///         sample: { model, seed in
///           var generator = TextGenerator(model: model, sampling: SamplingParameters(), seed: seed)
///           return generator.text(length: 200)
///         },
///         report: { event in if case .save(let snapshot) = event { try writer.write(snapshot) } }))
///     try run.run(shouldStop: { false })
public final class TrainingRun {
  /// How often a run samples and saves.
  public struct Options: Sendable {
    /// The number of minibatches between two checkpoints, above 0. Another one is due after every validation and at the
    /// end.
    public var checkpointEvery = 500
    /// The number of minibatches between two samples; 0 for no samples.
    public var sampleEvery = 500

    /// Makes the default options.
    public init() {}
  }

  /// The caller's part of a run. All three functions are called on the thread that calls ``run(shouldStop:)``.
  public struct Actions {
    /// Returns the loss on held-out text in nats per character, or nil if no text is held out.
    public var validate: (CharacterModel) -> Double?
    /// Returns a text that the model writes. The same model and seed give the same text.
    public var sample: (CharacterModel, _ seed: UInt64) -> String
    /// Receives every event. An error that it throws ends the run.
    public var report: (Event) throws -> Void

    /// Makes the caller's part from its three functions.
    public init(
      validate: @escaping (CharacterModel) -> Double?, sample: @escaping (CharacterModel, _ seed: UInt64) -> String,
      report: @escaping (Event) throws -> Void
    ) {
      self.validate = validate
      self.sample = sample
      self.report = report
    }
  }

  /// An event of a run.
  public enum Event: Sendable {
    /// A minibatch is done.
    case progress(Progress)
    /// The validation loss is the lowest so far.
    case best(TrainingSnapshot)
    /// The held-out text was scored; the loss is in nats per character.
    case validated(loss: Double, isBest: Bool)
    /// The model wrote a sample.
    case sample(String)
    /// A line for the log is due: after every tenth minibatch, after every validation and at the end.
    case logged(TrainingLogLine)
    /// A checkpoint is due.
    case save(TrainingSnapshot)
  }

  /// The progress of a run after a minibatch.
  public struct Progress: Sendable {
    /// The number of minibatches done since the run first began.
    public let step: Int
    /// The number of passes over the training part, with the fraction of the current one.
    public let epoch: Double
    /// The share of the budget that is used, 0 to 1.
    public let share: Double
    /// The seconds spent since the run first began, without the pauses before it was resumed.
    public let seconds: Double
    /// An estimate of the seconds that are left.
    public let secondsLeft: Double
    /// The mean training loss of the last 100 minibatches, in nats per character.
    public let loss: Double
    /// The mean speed since training began or was resumed. Time for validations, checkpoints and samples does not count.
    public let charactersPerSecond: Double
  }

  /// Why a run ended.
  public enum Ending: Sendable, Equatable {
    /// All epochs, steps or minutes of the configuration are used.
    case budgetUsed
    /// The validation loss has not fallen for `TrainingConfiguration.patience` epochs.
    case noImprovement
    /// `shouldStop` returned true.
    case stopped
  }

  /// The trainer of the run. During the run nobody else may call its `step`.
  public let trainer: Trainer
  /// The summary as of the last validation or checkpoint.
  public private(set) var summary: TrainingSummary
  /// The history up to the last minibatch.
  public private(set) var history: TrainingHistory
  private let options: Options
  private let actions: Actions

  private var loop: TrainingLoop
  private let stepBefore: Int
  private var shareBefore = 0.0
  private var recentLosses = RecentMean(capacity: 100)
  /// The losses since the last line of the log.
  private var loggedLosses = RecentMean(capacity: stepsPerLogLine)
  private var loggedSeconds = 0.0
  private var savedStep: Int?

  /// The maximum number of minibatches between two lines of the log.
  static let stepsPerLogLine = 10

  /// Makes a new run, or one that continues from a training checkpoint. Its clock starts in ``run(shouldStop:)``.
  ///
  /// - Parameters:
  ///   - trainer: A trainer with fresh weights, or with the state of the checkpoint.
  ///   - summary: The summary of a run that has not begun, or that of the checkpoint.
  ///   - history: An empty history, or that of the checkpoint.
  ///   - options: How often to sample and save.
  ///   - actions: The functions that validate, sample and receive events.
  public init(
    trainer: Trainer, summary: TrainingSummary, history: TrainingHistory = TrainingHistory(),
    options: Options = Options(), actions: Actions
  ) {
    precondition(options.checkpointEvery > 0, "a checkpoint every \(options.checkpointEvery) minibatches")
    self.trainer = trainer
    self.summary = summary
    self.history = history
    self.options = options
    self.actions = actions
    stepBefore = trainer.step
    loop = TrainingLoop(trainer, timing: .everything(secondsBefore: summary.seconds))
  }

  /// Trains until the budget is used, the validation loss no longer falls, or `shouldStop` returns true. Then a
  /// checkpoint is due.
  ///
  /// - Parameter shouldStop: Is called once after every minibatch.
  /// - Throws: `TrainingError`, or what `Actions.report` throws.
  public func run(shouldStop: () -> Bool) throws -> Ending {
    loop.start()
    shareBefore = loop.share
    var isOver = shareBefore >= 1
    while !isOver {
      let (step, seconds) = try loop.step()
      history.add(
        TrainingHistory.Interval(
          step, step: trainer.step, seconds: loop.seconds, characters: charactersPerStep, minibatchSeconds: seconds),
        epoch: trainer.epoch)
      recentLosses.add(step.loss)
      loggedLosses.add(step.loss)
      loggedSeconds += seconds
      try actions.report(.progress(progress))
      // The clock is read right after the minibatch. Samples and checkpoints also take time, but the run must not end
      // before the last model is validated.
      isOver = loop.share >= 1
      let isStopping = shouldStop()
      try afterStep(step, isLast: isOver, isStopping: isStopping)
      if !isOver && hasStoppedImproving { return try saved(.noImprovement) }
      if !isOver && isStopping { return try saved(.stopped) }
    }
    return try saved(.budgetUsed)
  }

  private func saved(_ ending: Ending) throws -> Ending {
    keepLastSample()
    try save()
    return ending
  }

  private func afterStep(_ step: Trainer.Step, isLast: Bool, isStopping: Bool) throws {
    // the sample comes first, because the checkpoint contains it
    if options.sampleEvery > 0 && trainer.step % options.sampleEvery == 0 && !isLast {
      try actions.report(.sample(keepSample()))
    }
    var validationLoss: Double?
    // also when the run stops here: if it is resumed, the next epoch's end comes first
    if isLast || trainer.step % trainer.batches.minibatchesPerEpoch == 0 {
      validationLoss = try validate(isLast: isLast)
    }
    if validationLoss != nil || trainer.step % loggedLosses.capacity == 0 || isLast || isStopping {
      try log(step, validationLoss: validationLoss)
    }
    if trainer.step % options.checkpointEvery == 0 && !isLast { try save() }
  }

  private func log(_ step: Trainer.Step, validationLoss: Double?) throws {
    let line = TrainingLogLine(
      step: trainer.step, epoch: trainer.epoch, seconds: loop.seconds, trainingLoss: loggedLosses.mean,
      validationLoss: validationLoss, learningRate: step.learningRate, gradientNorm: step.gradientNorm,
      charactersPerSecond: Double(loggedLosses.count * charactersPerStep) / max(1e-9, loggedSeconds))
    try actions.report(.logged(line))
    loggedLosses.clear()
    loggedSeconds = 0
  }

  /// True only right after a validation.
  private var hasStoppedImproving: Bool {
    let patience = trainer.configuration.patience
    guard patience > 0, let best = summary.bestStep, summary.validationLoss != nil, summary.step == trainer.step else {
      return false
    }
    let since = trainer.step - best
    return since / trainer.batches.minibatchesPerEpoch >= patience && 4 * since >= trainer.step
  }

  private var charactersPerStep: Int { trainer.batches.lanes * trainer.batches.timeSteps }

  private var progress: Progress {
    let share = loop.share
    return Progress(
      step: trainer.step, epoch: trainer.epoch, share: share, seconds: loop.seconds,
      secondsLeft: loop.elapsedSeconds * (1 - share) / max(1e-9, share - shareBefore), loss: recentLosses.mean,
      charactersPerSecond: Double((trainer.step - stepBefore) * charactersPerStep) / max(1e-9, loop.minibatchSeconds))
  }

  private func validate(isLast: Bool) throws -> Double? {
    guard let loss = actions.validate(trainer.model) else { return nil }
    let isBest = loss < summary.bestValidationLoss ?? .infinity
    update()
    summary.validationLoss = loss.isFinite ? loss : nil
    if isBest {
      summary.bestValidationLoss = loss
      summary.bestStep = trainer.step
      try actions.report(.best(snapshot))
    }
    if loss.isFinite {
      history.add(
        TrainingHistory.Validation(step: trainer.step, epoch: trainer.epoch, seconds: summary.seconds, loss: loss))
    }
    try actions.report(.validated(loss: loss, isBest: isBest))
    if isLast || hasStoppedImproving { keepLastSample() }
    try save()
    return loss.isFinite ? loss : nil
  }

  private func update() {
    if summary.step != trainer.step { summary.validationLoss = nil }
    summary.step = trainer.step
    summary.epoch = trainer.epoch
    summary.seconds = loop.seconds
    guard recentLosses.count > 0 else { return }
    // soon after a run is resumed, the last losses include some from before
    let isShort = recentLosses.count < recentLosses.capacity && stepBefore > 0
    summary.trainingLoss = isShort ? history.trainingLoss(last: recentLosses.capacity) : recentLosses.mean
  }

  /// The current state of the run, with everything that a caller may want to write.
  public var snapshot: TrainingSnapshot {
    TrainingSnapshot(
      state: trainer.state, model: trainer.averagedParameters, vocabulary: trainer.vocabulary, summary: summary,
      history: history, share: loop.share)
  }

  /// Reports that a checkpoint is due, at most once per step.
  private func save() throws {
    guard savedStep != trainer.step else { return }
    update()
    try actions.report(.save(snapshot))
    savedStep = trainer.step
  }

  private func keepSample() -> String {
    let text = actions.sample(trainer.model, trainer.configuration.seed &+ UInt64(trainer.step))
    history.add(TrainingHistory.Sample(step: trainer.step, seconds: loop.seconds, text: text))
    return text
  }

  /// If there are samples, the last one shows what the trained model writes.
  private func keepLastSample() {
    if options.sampleEvery > 0 && history.samples.last?.step != trainer.step { _ = keepSample() }
  }
}

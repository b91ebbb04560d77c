/// Trains until the budget is used or the validation loss no longer falls, and reports what happens on the way.
///
/// It decides when to validate, sample and save, and keeps summary and history. How a model is validated, what a sample looks
/// like, and what is written where, is up to its caller:
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
  /// When a run does what it does beside training.
  public struct Options: Sendable {
    /// Minibatches between two checkpoints; one is also due after every validation and at the end.
    public var checkpointEvery = 500
    /// Minibatches between two samples; 0: none.
    public var sampleEvery = 500

    /// Every option at its default.
    public init() {}
  }

  /// What a run leaves to its caller. All is called on the thread that calls ``run(shouldStop:)``.
  public struct Actions {
    /// Scores text that is held out, in nats per character; nil where there is none.
    public var validate: (CharacterModel) -> Double?
    /// Writes a text with the network as it is; the same seed gives the same text.
    public var sample: (CharacterModel, _ seed: UInt64) -> String
    /// Is told what happens. An error that it throws ends the run.
    public var report: (Event) throws -> Void

    /// Takes all three.
    public init(
      validate: @escaping (CharacterModel) -> Double?, sample: @escaping (CharacterModel, _ seed: UInt64) -> String,
      report: @escaping (Event) throws -> Void
    ) {
      self.validate = validate
      self.sample = sample
      self.report = report
    }
  }

  /// What a run reports.
  public enum Event: Sendable {
    /// After every minibatch.
    case progress(Progress)
    /// No validation before had a lower loss: the best model so far.
    case best(TrainingSnapshot)
    /// The text held out was scored, in nats per character.
    case validated(loss: Double, isBest: Bool)
    /// A text written by the network as it is.
    case sample(String)
    /// A line of the log, after every tenth minibatch and every validation.
    case logged(TrainingLogLine)
    /// A checkpoint is due.
    case save(TrainingSnapshot)
  }

  /// The state of affairs after a minibatch.
  public struct Progress: Sendable {
    /// Minibatches done, over all resumptions.
    public let step: Int
    /// Passes over the training part done, as a fraction.
    public let epoch: Double
    /// Share of the budget used, 0 to 1.
    public let share: Double
    /// Time spent in training, over all resumptions.
    public let seconds: Double
    /// Time left by the pace so far.
    public let secondsLeft: Double
    /// Nats per character, mean of the last 100 minibatches.
    public let loss: Double
    /// Mean since training began or was resumed; validations, checkpoints and samples are not counted as time.
    public let charactersPerSecond: Double
  }

  /// What ended a run.
  public enum Ending: Sendable, Equatable {
    /// All epochs, steps or minutes of the configuration are used up.
    case budgetUsed
    /// The validation loss has not fallen for `TrainingConfiguration.patience` epochs.
    case noImprovement
    /// `shouldStop` said so.
    case stopped
  }

  /// What is trained; while the run goes on nobody else may call its `step`.
  public let trainer: Trainer
  /// What the checkpoints say of the run, as of the last one that was due.
  public private(set) var summary: TrainingSummary
  /// All that was done up to the last minibatch.
  public private(set) var history: TrainingHistory
  private let options: Options
  private let actions: Actions

  private var loop: TrainingLoop
  private let secondsBefore: Double
  private let stepBefore: Int
  private var shareBefore = 0.0
  private var recentLosses = RecentMean(capacity: 100)
  /// Since the last line of the log.
  private var loggedLosses = RecentMean(capacity: stepsPerLogLine)
  private var loggedSeconds = 0.0
  private var savedStep: Int?

  /// Minibatches after which the log has a line, if none came before.
  static let stepsPerLogLine = 10

  /// A run that has not begun, or goes on where `trainer` and `summary` stand.
  ///
  /// - Parameters:
  ///   - trainer: with fresh weights, or with the state of a training checkpoint.
  ///   - summary: of a fresh run, or the one of the checkpoint it goes on from.
  ///   - history: empty, or the one of that checkpoint.
  ///   - options: how often it samples and saves.
  ///   - actions: how it validates and samples, and who is told.
  public init(
    trainer: Trainer, summary: TrainingSummary, history: TrainingHistory = TrainingHistory(),
    options: Options = Options(), actions: Actions
  ) {
    self.trainer = trainer
    self.summary = summary
    self.history = history
    self.options = options
    self.actions = actions
    secondsBefore = summary.seconds
    stepBefore = trainer.step
    loop = TrainingLoop(trainer, timing: .everything(secondsBefore: secondsBefore))
  }

  /// Trains until the budget is used, the validation loss no longer falls, or `shouldStop`, which is asked after every
  /// minibatch, says so; a checkpoint is due then.
  /// - Throws: `TrainingError`, or what `Actions.report` throws.
  public func run(shouldStop: () -> Bool) throws -> Ending {
    loop = TrainingLoop(trainer, timing: .everything(secondsBefore: secondsBefore))
    shareBefore = loop.share
    // asked right after a minibatch: what is done beside it takes of the time too, but the run does not end on that unvalidated
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
      isOver = loop.share >= 1
      try afterStep(step, isLast: isOver, stopping: shouldStop())
      if !isOver && hasStoppedImproving { return try saved(.noImprovement) }
      if !isOver && shouldStop() { return try saved(.stopped) }
    }
    return try saved(.budgetUsed)
  }

  private func saved(_ ending: Ending) throws -> Ending {
    keepLastSample()
    try save()
    return ending
  }

  private func afterStep(_ step: Trainer.Step, isLast: Bool, stopping: Bool) throws {
    // before any checkpoint, which is to hold it
    if options.sampleEvery > 0 && trainer.step % options.sampleEvery == 0 && !isLast {
      try actions.report(.sample(keepSample()))
    }
    var validationLoss: Double?
    if isLast || (trainer.step % trainer.batches.minibatchesPerEpoch == 0 && !stopping) {
      validationLoss = try validate(isLast: isLast)
    }
    if validationLoss != nil || trainer.step % loggedLosses.capacity == 0 || isLast || stopping {
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

  /// Asked after every step, true only where one was validated.
  private var hasStoppedImproving: Bool {
    let patience = trainer.configuration.patience
    guard patience > 0, let best = summary.bestStep, summary.validationLoss != nil, summary.step == trainer.step else {
      return false
    }
    let since = trainer.step - best
    return since >= patience * trainer.batches.minibatchesPerEpoch && 4 * since >= trainer.step
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
    // soon after a resumption those of before it are among the last
    let isShort = recentLosses.count < recentLosses.capacity && stepBefore > 0
    summary.trainingLoss = isShort ? history.trainingLoss(last: recentLosses.capacity) : recentLosses.mean
  }

  /// The run as it stands.
  public var snapshot: TrainingSnapshot {
    TrainingSnapshot(
      state: trainer.state, model: trainer.averagedParameters, vocabulary: trainer.vocabulary, summary: summary,
      history: history, share: loop.share)
  }

  /// Asks for a checkpoint, once a step at most.
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

  /// What the trained network writes is kept too, where samples are.
  private func keepLastSample() {
    if options.sampleEvery > 0 && history.samples.last?.step != trainer.step { _ = keepSample() }
  }
}

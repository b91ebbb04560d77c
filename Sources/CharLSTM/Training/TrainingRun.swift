/// Trains until the budget is used: schedule, validation, checkpoints, samples, log and page around a `Trainer`.
///
/// What happens is told to `report`; the caller decides how it looks. `shouldStop` is asked after every minibatch.
public final class TrainingRun {
  /// What a run does beside training, and how often.
  public struct Options: Sendable {
    /// Minibatches between two checkpoints; one is also written after every validation and at the end.
    public var checkpointEvery = 500
    /// Minibatches between two samples; 0: none.
    public var sampleEvery = 500
    /// Characters of a sample.
    public var sampleLength = 200
    /// Temperature of a sample; no other filter is used.
    public var sampleTemperature = 0.8
    /// Whether a page, `CheckpointPaths.report`, shows how training goes.
    public var writesReport = true

    /// Every option at its default.
    public init() {}
  }

  /// What a run has to tell.
  public enum Event: Sendable {
    /// After every minibatch.
    case progress(Progress)
    /// The validation part was scored. `isBest`: no validation before had a lower loss, and the best model has been written.
    case validated(Evaluation, isBest: Bool)
    /// A text written by the network as it is.
    case sample(String)
    /// Training state and model have been written; the path is the model's.
    case saved(path: String)
    /// The page could not be written; told once, and training goes on.
    case reportNotWritten(TrainingReportError)
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
  /// What the checkpoints say of the run, as of the last one that was written.
  public private(set) var summary: TrainingSummary
  /// All that was done up to the last minibatch, stored with each training checkpoint.
  public private(set) var history: TrainingHistory
  private let validation: TokenSequence
  private let paths: CheckpointPaths
  private let corpusPaths: [String]
  private let minimumCount: Int
  private let options: Options
  private let log: TrainingLog?
  private let report: (Event) -> Void

  private let clock = ContinuousClock()
  private var start: ContinuousClock.Instant
  private let secondsBefore: Double
  private let stepBefore: Int
  private var shareBefore = 0.0
  /// Spent on anything but minibatches, to keep it out of the characters per second.
  private var asideSeconds = 0.0
  private var recentLosses = RecentMean(capacity: 100)
  /// Since the last line of the log.
  private var loggedLosses = RecentMean(capacity: stepsPerLogLine)
  private var loggedSeconds = 0.0
  private var savedStep: Int?
  private var reportWriter: TrainingReportWriter?

  /// Minibatches after which the log has a line, if none came before.
  static let stepsPerLogLine = 10

  /// A run that has not begun, or goes on where `trainer` and `summary` stand.
  ///
  /// - Parameters:
  ///   - trainer: with fresh weights, or with the state of a training checkpoint.
  ///   - validation: the part of the corpus held out; with fewer than 2 tokens nothing is validated.
  ///   - summary: of a fresh run, or the one of the checkpoint it goes on from.
  ///   - history: empty, or the one of that checkpoint.
  ///   - paths: the files to write; existing ones are replaced.
  ///   - corpusPaths: kept in the training checkpoint, for a resumption that does not name them.
  ///   - minimumCount: of the vocabulary, kept in the training checkpoint.
  ///   - options: checkpoints and samples.
  ///   - log: nil for none.
  ///   - report: told what happens, on the thread that calls ``run(shouldStop:)``.
  public init(
    trainer: Trainer, validation: TokenSequence, summary: TrainingSummary, history: TrainingHistory = TrainingHistory(),
    paths: CheckpointPaths, corpusPaths: [String], minimumCount: Int, options: Options, log: TrainingLog?,
    report: @escaping (Event) -> Void
  ) {
    self.trainer = trainer
    self.validation = validation
    self.summary = summary
    self.history = history
    self.paths = paths
    self.corpusPaths = corpusPaths
    self.minimumCount = minimumCount
    self.options = options
    self.log = log
    self.report = report
    start = clock.now
    secondsBefore = summary.seconds
    stepBefore = trainer.step
    if options.writesReport {
      let (clock, start) = (self.clock, self.start)
      reportWriter = TrainingReportWriter(path: paths.report) { (clock.now - start) / .seconds(1) }
    }
  }

  private func since(_ instant: ContinuousClock.Instant) -> Double { (clock.now - instant) / .seconds(1) }
  private var seconds: Double { secondsBefore + since(start) }

  /// Trains until the budget is used, the validation loss no longer falls, or `shouldStop` says so, and saves.
  /// - Throws: `TrainingError`, `CheckpointError` or `TrainingLogError`; the last checkpoint is whole in every case.
  public func run(shouldStop: () -> Bool) throws -> Ending {
    do {
      let ending = try train(shouldStop: shouldStop)
      writeReport(.ended(ending))
      return ending
    } catch let error as TrainingError {
      writeReport(.diverged)
      throw error
    }
  }

  private func train(shouldStop: () -> Bool) throws -> Ending {
    start = clock.now
    shareBefore = share
    // asked right after a minibatch: what is done beside it takes of the time too, but the run does not end on that unvalidated
    var isOver = shareBefore >= 1
    while !isOver {
      let rate = trainer.configuration.schedule.rate(
        peak: trainer.configuration.learningRate, step: trainer.step, warmupSteps: trainer.configuration.warmupSteps,
        progress: share)
      let before = clock.now
      let step = try trainer.step(learningRate: rate)
      let minibatchSeconds = since(before)
      history.add(
        TrainingHistory.Interval(
          step, step: trainer.step, seconds: seconds, characters: charactersPerStep,
          minibatchSeconds: minibatchSeconds),
        epoch: trainer.epoch)
      recentLosses.add(step.loss)
      loggedLosses.add(step.loss)
      loggedSeconds += minibatchSeconds
      report(.progress(progress))
      isOver = share >= 1
      try aside { try afterStep(step, isLast: isOver, stopping: shouldStop()) }
      if !isOver && hasStoppedImproving { return try saved(.noImprovement) }
      if !isOver && shouldStop() { return try saved(.stopped) }
    }
    return try saved(.budgetUsed)
  }

  private func saved(_ ending: Ending) throws -> Ending {
    try aside {
      keepLastSample()
      try save()
    }
    return ending
  }

  private func aside(_ body: () throws -> Void) rethrows {
    let before = clock.now
    try body()
    asideSeconds += since(before)
  }

  private func afterStep(_ step: Trainer.StepReport, isLast: Bool, stopping: Bool) throws {
    // before any checkpoint, which is to hold it
    if options.sampleEvery > 0 && trainer.step % options.sampleEvery == 0 && !isLast {
      report(.sample(keepSample()))
    }
    var validationLoss: Double?
    if isLast || (trainer.step % trainer.batches.minibatchesPerEpoch == 0 && !stopping) {
      validationLoss = try validate(isLast: isLast)
    }
    if validationLoss != nil || trainer.step % loggedLosses.capacity == 0 || isLast || stopping {
      try log?.write(
        TrainingLogLine(
          step: trainer.step, epoch: trainer.epoch, seconds: seconds, trainingLoss: loggedLosses.mean,
          validationLoss: validationLoss, learningRate: step.learningRate, gradientNorm: step.gradientNorm,
          charactersPerSecond: Double(loggedLosses.count * charactersPerStep) / max(1e-9, loggedSeconds)))
      loggedLosses.clear()
      loggedSeconds = 0
    }
    if trainer.step % options.checkpointEvery == 0 && !isLast { try save() }
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

  private var share: Double {
    trainer.configuration.budget.progress(
      step: trainer.step, minibatchesPerEpoch: trainer.batches.minibatchesPerEpoch, seconds: seconds)
  }

  private var charactersPerStep: Int { trainer.batches.lanes * trainer.batches.timeSteps }

  private var charactersPerSecond: Double {
    let characters = (trainer.step - stepBefore) * charactersPerStep
    return Double(characters) / max(1e-9, since(start) - asideSeconds)
  }

  private var progress: Progress {
    let share = share
    let elapsed = since(start)
    return Progress(
      step: trainer.step, epoch: trainer.epoch, share: share, seconds: seconds,
      secondsLeft: elapsed * (1 - share) / max(1e-9, share - shareBefore), loss: recentLosses.mean,
      charactersPerSecond: charactersPerSecond)
  }

  private func validate(isLast: Bool) throws -> Double? {
    guard
      let evaluation = Evaluation.stateful(trainer.model, tokens: validation, threads: trainer.threads)
    else { return nil }
    let loss = evaluation.natsPerCharacter
    let isBest = loss < summary.bestValidationLoss ?? .infinity
    update()
    summary.validationLoss = loss.isFinite ? loss : nil
    if isBest {
      summary.bestValidationLoss = loss
      summary.bestStep = trainer.step
      try checkpoint.write(to: paths.best)
    }
    if loss.isFinite {
      history.add(
        TrainingHistory.Validation(step: trainer.step, epoch: trainer.epoch, seconds: summary.seconds, loss: loss))
    }
    report(.validated(evaluation, isBest: isBest))
    if isLast || hasStoppedImproving { keepLastSample() }
    try save()
    return loss.isFinite ? loss : nil
  }

  private func update() {
    if summary.step != trainer.step { summary.validationLoss = nil }
    summary.step = trainer.step
    summary.epoch = trainer.epoch
    summary.seconds = seconds
    guard recentLosses.count > 0 else { return }
    // soon after a resumption those of before it are among the last
    let isShort = recentLosses.count < recentLosses.capacity && stepBefore > 0
    summary.trainingLoss = isShort ? history.trainingLoss(last: recentLosses.capacity) : recentLosses.mean
  }

  private var checkpoint: Checkpoint {
    Checkpoint(parameters: trainer.averagedParameters, vocabulary: trainer.vocabulary, training: summary)
  }

  /// Writes the model and the training state, once a step at most.
  private func save() throws {
    guard savedStep != trainer.step else { return }
    update()
    // the training state first: a model without it could not go on, the reverse loses nothing
    try TrainingCheckpoint(
      state: trainer.state, vocabulary: trainer.vocabulary, summary: summary, corpusPaths: corpusPaths,
      minimumCount: minimumCount, history: history
    ).write(to: paths.training)
    try checkpoint.write(to: paths.model)
    savedStep = trainer.step
    report(.saved(path: paths.model))
    writeReport(.running(share: share))
  }

  private func writeReport(_ state: TrainingReport.State) {
    var isLast = true
    if case .running = state { isLast = false }
    let error = reportWriter?.write(isLast: isLast) {
      TrainingReport(
        name: paths.name, state: state, history: history, summary: summary,
        model: trainer.parameters.layout.configuration, vocabulary: trainer.vocabulary,
        variant: trainer.kernels.variant, threads: trainer.threads)
    }
    if let error { report(.reportNotWritten(error)) }
  }

  /// A text by the network as it is, the same for the same seed and step.
  public func sample() -> String {
    var sampling = SamplingParameters()
    sampling.temperature = options.sampleTemperature
    var generator = TextGenerator(
      model: trainer.model, sampling: sampling, seed: trainer.configuration.seed &+ UInt64(trainer.step))
    return generator.text(length: options.sampleLength)
  }

  private func keepSample() -> String {
    let text = sample()
    history.add(TrainingHistory.Sample(step: trainer.step, seconds: seconds, text: text))
    return text
  }

  /// What the trained network writes is kept too, where samples are.
  private func keepLastSample() {
    if options.sampleEvery > 0 && history.samples.last?.step != trainer.step { _ = keepSample() }
  }
}

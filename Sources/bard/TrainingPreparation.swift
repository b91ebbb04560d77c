import CharLSTM
import Pages
import REPL

/// Everything that a training run needs to begin, for a fresh network or for a resumed run.
struct TrainingPreparation {
  let trainer: Trainer
  let corpus: Corpus
  /// The plan for a fresh run.
  let plan: TrainingPlan?
  let validation: TokenSequence
  let summary: TrainingSummary
  let history: TrainingHistory
  let paths: CheckpointPaths
  let corpusPaths: [String]
  let minimumCount: Int
  /// The files of the run that a resumed run continues; nil for a fresh run.
  private let source: CheckpointPaths?

  init(command: Train) throws {
    source = nil
    paths = CheckpointPaths(command.output ?? Self.defaultOutput(for: command.corpora))
    corpusPaths = command.corpora
    minimumCount = command.corpusOptions.minCount ?? 1
    try Self.checkOutput(paths, command: command)
    try Self.checkLog(command, paths: paths, corpora: corpusPaths)
    let processor = try command.processor.processor
    corpus = try Corpus(
      CorpusText(paths: corpusPaths), unit: command.corpusOptions.unit ?? .character, minimumCount: minimumCount,
      threads: processor.threads)
    let plan = command.network.plan(
      for: corpus, budget: command.budget.budget, preset: command.budget.preset ?? .balanced, processor: processor)
    self.plan = plan
    let configuration = command.singleRun.configuration(
      over: command.network.configuration(over: plan.configuration))
    let (batches, validation) = try Self.cut(corpus, configuration)
    self.validation = validation
    let model = command.network.model(over: plan.model)
    try checkMemory(model, configuration, lanes: batches.lanes, tokens: corpus.tokens.count)
    trainer = Trainer(
      model: model, configuration: configuration, vocabulary: corpus.vocabulary, batches: batches, processor: processor)
    history = TrainingHistory()
    summary = TrainingSummary(
      corpus: corpusPaths.map(FilePath.name), corpusCharacters: corpus.tokens.count, corpusDigest: corpus.digest,
      configuration: configuration)
  }

  init(resuming path: String, command: Train) throws {
    plan = nil
    let source = CheckpointPaths(path)
    guard FilePath.exists(source.training) else {
      throw CheckpointError.missingTrainingState(path: source.training)
    }
    let stored = try TrainingCheckpoint(path: source.training)
    let output = command.output.map { CheckpointPaths($0) } ?? source
    paths = FilePath.isSameFile(output.training, source.training) ? source : output
    self.source = source
    if paths == source {
      if command.report { try Self.checkReport(paths) }
    } else {
      try Self.checkOutput(paths, command: command)
    }
    var summary = stored.summary
    if !FilePath.exists(source.best) { (summary.bestStep, summary.bestValidationLoss) = (nil, nil) }
    try Self.checkConflicts(command, with: stored)
    corpusPaths = command.corpora.isEmpty ? stored.corpusPaths : command.corpora
    try Self.checkLog(command, paths: paths, corpora: corpusPaths)
    minimumCount = stored.minimumCount
    corpus = try Self.corpus(of: stored, at: corpusPaths, command: command, in: source.training)
    if let budget = command.budget.budget { summary.configuration.budget = budget }
    if let patience = command.singleRun.patience { summary.configuration.patience = patience }
    let (batches, validation) = try Self.cut(corpus, summary.configuration)
    self.validation = validation
    guard batches.lanes == stored.state.recurrentState.lanes else {
      throw Failure(
        "\(source.training) is damaged: its state has \(counted(stored.state.recurrentState.lanes, "lane")), and its settings"
          + " cut the corpus into \(grouped(batches.lanes)).")
    }
    let share = summary.configuration.budget.share(
      step: stored.state.step, minibatchesPerEpoch: batches.minibatchesPerEpoch, seconds: summary.seconds)
    if share >= 1 { throw Self.budgetUsed(summary, name: paths.name) }
    let model = stored.state.parameters.layout.configuration
    try checkMemory(model, summary.configuration, lanes: batches.lanes, tokens: corpus.tokens.count)
    trainer = Trainer(
      model: model, configuration: summary.configuration, vocabulary: stored.vocabulary, batches: batches,
      processor: try command.processor.processor)
    trainer.state = stored.state
    history = stored.history
    self.summary = summary
  }

  private static func cut(
    _ corpus: Corpus, _ configuration: TrainingConfiguration
  ) throws -> (LaneBatches, TokenSequence) {
    let (training, validation) = corpus.split(validationFraction: configuration.validationFraction)
    return (
      try LaneBatches(
        tokens: training, lanes: configuration.lanes, timeSteps: configuration.timeSteps,
        stateHandling: configuration.stateHandling, seed: configuration.seed), validation
    )
  }

  /// The functions with which the run validates, samples and reports its events.
  func actions(report: @escaping (TrainingRun.Event) throws -> Void) -> TrainingRun.Actions {
    let (validation, threads) = (validation, trainer.processor.threads)
    return TrainingRun.Actions(
      validate: { Evaluation.stateful($0, tokens: validation, threads: threads)?.natsPerCharacter },
      sample: { model, seed in
        var generator = TextGenerator(model: model, sampling: SamplingParameters(), seed: seed)
        return generator.text(length: Self.sampleLength)
      }, report: report)
  }

  /// The length of a sample in characters.
  private static let sampleLength = 200

  // MARK: Checks

  /// - Throws: `Failure` if an option contradicts the settings that the run began with.
  private static func checkConflicts(_ command: Train, with stored: TrainingCheckpoint) throws {
    let training = stored.summary.configuration
    var conflicts = command.network.conflicts(
      model: stored.state.parameters.layout.configuration, training: training)
    conflicts += command.singleRun.conflicts(TrainingConfiguration.settings, with: training)
    if let unit = command.corpusOptions.unit, unit != stored.unit {
      conflicts.append("--unit \(unit.rawValue) (the run has \(stored.unit.rawValue))")
    }
    if let count = command.corpusOptions.minCount, count != stored.minimumCount {
      conflicts.append("--min-count \(count) (the run has \(stored.minimumCount))")
    }
    if let preset = command.budget.preset {
      conflicts.append("--preset \(preset.rawValue) (the run keeps the settings it began with)")
    }
    guard conflicts.isEmpty else {
      let (noun, pronoun) = conflicts.count == 1 ? ("this option", "it") : ("these options", "them")
      throw Failure(
        "A resumed run cannot change \(noun): \(conflicts.joined(separator: ", ")). Leave \(pronoun) out, or start a new run"
          + " without --resume.")
    }
  }

  /// - Throws: `Failure` if this is not the text that the run began with.
  private static func corpus(
    of stored: TrainingCheckpoint, at paths: [String], command: Train, in path: String
  ) throws -> Corpus {
    let corpus = try Corpus(
      CorpusText(paths: paths), vocabulary: stored.vocabulary, threads: command.processor.count)
    let summary = stored.summary
    guard corpus.digest == summary.corpusDigest else {
      throw Failure(
        "\(paths.joined(separator: ", ")) is not the text that \(path) was trained on"
          + " (\(summary.corpus.joined(separator: ", ")), \(counted(summary.corpusCharacters, "character"))). Give that text, or"
          + " start a new run without --resume.")
    }
    return corpus
  }

  private static func budgetUsed(_ summary: TrainingSummary, name: String) -> Failure {
    switch summary.configuration.budget {
    case .minutes(let minutes):
      Failure(
        "\(name) has already trained for \(fixed(summary.seconds / 60, 1)) minutes, and you asked for"
          + " \(significant(minutes)). --minutes counts from the start of the run: give a larger number.")
    case .steps(let steps):
      Failure(
        "\(name) has already trained for \(counted(summary.step, "step")), and you asked for \(grouped(steps)). --steps counts"
          + " from the start of the run: give a larger number.")
    case .epochs(let epochs):
      Failure(
        "\(name) has already trained for \(fixed(summary.epoch, 2)) epochs, and you asked for \(grouped(epochs)). --epochs"
          + " counts from the start of the run: give a larger number.")
    }
  }

  /// Checks that nothing is overwritten without --force, and that the folder exists. It does so before training, not
  /// after.
  private static func checkOutput(_ paths: CheckpointPaths, command: Train) throws {
    for path in [paths.model, paths.best, paths.training] where FilePath.exists(path) && !command.force {
      throw Failure(
        "\(path) already exists. Use --resume \(paths.model) to continue the run, --output to write elsewhere, or --force to"
          + " overwrite its files.")
    }
    if command.report {
      try checkReport(paths)
      if FilePath.exists(paths.report) && !command.force {
        throw Failure(
          "\(paths.report), the page of another run, already exists. Give another file name with --output, use --force to"
            + " overwrite it, or write no page with --no-report.")
      }
    }
    let folder = FilePath.folder(of: paths.model)
    do throws(SystemError) { try FilePath.checkWritable(folder) } catch {
      throw Failure("Cannot write \(paths.model): \(error.words).")
    }
  }

  /// Removes the best model of an earlier run; --force allows this. If it stayed, users would take it for the best model
  /// of this run. A run that continues another one under a new name copies its best model, so that it has all its files.
  ///
  /// Call this last, when nothing else can keep the run from starting.
  func replaceBest() throws {
    guard source != paths else { return }
    do throws(SystemError) { try FilePath.remove(paths.best) } catch {
      throw Failure("Cannot write \(paths.best): \(error.words).")
    }
    if let source, summary.bestStep != nil { try Checkpoint(path: source.best).write(to: paths.best) }
  }

  /// Checks that the log does not replace a file of the run. It may overwrite another file only with --force. A resumed
  /// run appends to its log, and to no other file.
  private static func checkLog(_ command: Train, paths: CheckpointPaths, corpora: [String]) throws {
    guard let log = command.log else { return }
    for path in corpora + [paths.model, paths.best, paths.training, paths.report]
    where path == log || FilePath.isSameFile(path, log) {
      throw Failure("--log \(log) is a file of this run. Give the log another name.")
    }
    // a device or a pipe has no lines to check
    if command.resume != nil && FilePath.hasContents(log) {
      do throws(TrainingLogReadingError) { _ = try TrainingLog.lines(of: log) } catch {
        throw Failure("\(log) is not a log of bard train. Give another file name with --log.")
      }
    }
    if FilePath.exists(log) && command.resume == nil && !command.force { throw Failure.exists(log, option: "--log") }
  }

  /// Checks that the page would overwrite nothing except the page of a training run.
  private static func checkReport(_ paths: CheckpointPaths) throws {
    guard !TrainingReport.mayStand(at: paths.report) else { return }
    throw Failure(
      "\(paths.report) exists and is not a page of bard train. Give another file name with --output, or write no page with"
        + " --no-report.")
  }

  private static func defaultOutput(for corpora: [String]) -> String {
    let name = FilePath.name(of: corpora.first ?? "model")
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }
}

extension TrainingMemory {
  /// The memory of a run. A short text has fewer lanes than the configuration asks for.
  init(model: ModelConfiguration, configuration: TrainingConfiguration, lanes: Int, tokens: Int) {
    var used = configuration
    used.lanes = lanes
    self.init(model: model, configuration: used, tokens: tokens)
  }
}

/// Checks that training fits into this computer's memory. The system would end the program otherwise.
func checkMemory(_ model: ModelConfiguration, _ configuration: TrainingConfiguration, lanes: Int, tokens: Int) throws {
  let needed = TrainingMemory(model: model, configuration: configuration, lanes: lanes, tokens: tokens).total
  let available = ProcessInfo.processInfo.physicalMemory
  guard UInt64(needed) > available else { return }
  throw Failure(
    "Training needs about \(grouped(needed / 1_000_000)) MB of memory, and this computer has"
      + " \(grouped(Int(available / 1_000_000))). Give a smaller --hidden-size, --layers, --lanes or --time-steps.")
}

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

  init(command: Train) throws {
    paths = CheckpointPaths(command.output ?? Self.defaultOutput(for: command.corpora))
    corpusPaths = command.corpora
    minimumCount = command.corpusOptions.minCount ?? 1
    try Self.checkOutput(paths, command: command)
    try Self.checkLog(command, corpora: corpusPaths)
    let processor = try command.processor.processor
    corpus = try Corpus(
      CorpusText(paths: corpusPaths), unit: command.corpusOptions.unit ?? .character, minimumCount: minimumCount,
      threads: processor.threads)
    let plan = command.network.plan(
      for: corpus, budget: command.budget.budget, preset: command.budget.preset ?? .balanced, processor: processor)
    self.plan = plan
    let configuration = command.network.configuration(over: plan.configuration)
    let (batches, validation) = try Self.cut(corpus, configuration)
    self.validation = validation
    trainer = Trainer(
      model: command.network.model(over: plan.model), configuration: configuration, vocabulary: corpus.vocabulary,
      batches: batches, processor: processor)
    history = TrainingHistory()
    summary = TrainingSummary(
      corpus: corpusPaths.map(FilePath.name), corpusCharacters: corpus.tokens.count, corpusDigest: corpus.digest,
      configuration: configuration)
    try Self.removeBest(paths)
  }

  init(resuming path: String, command: Train) throws {
    plan = nil
    let source = CheckpointPaths(path)
    guard FilePath.exists(source.training) else {
      throw CheckpointError.missingTrainingState(path: source.training)
    }
    let stored = try TrainingCheckpoint(path: source.training)
    paths = command.output.map { CheckpointPaths($0) } ?? source
    if paths == source {
      if command.report { try Self.checkReport(paths) }
    } else {
      try Self.checkOutput(paths, command: command)
    }
    var summary = stored.summary
    if !FilePath.exists(source.best) { (summary.bestStep, summary.bestValidationLoss) = (nil, nil) }
    try Self.checkConflicts(command, with: stored, in: source.training)
    corpusPaths = command.corpora.isEmpty ? stored.corpusPaths : command.corpora
    try Self.checkLog(command, corpora: corpusPaths)
    minimumCount = stored.minimumCount
    corpus = try Self.corpus(of: stored, at: corpusPaths, command: command, in: source.training)
    if let budget = command.budget.budget { summary.configuration.budget = budget }
    if let patience = command.network.patience { summary.configuration.patience = patience }
    let (batches, validation) = try Self.cut(corpus, summary.configuration)
    self.validation = validation
    guard batches.lanes == stored.state.recurrentState.lanes else {
      throw Failure(
        "\(source.training) is damaged: its state has \(counted(stored.state.recurrentState.lanes, "lane")), and its settings"
          + " give the corpus \(batches.lanes).")
    }
    let share = summary.configuration.budget.share(
      step: stored.state.step, minibatchesPerEpoch: batches.minibatchesPerEpoch, seconds: summary.seconds)
    if share >= 1 { throw Self.budgetUsed(summary, name: paths.name) }
    trainer = Trainer(
      model: stored.state.parameters.layout.configuration, configuration: summary.configuration,
      vocabulary: stored.vocabulary, batches: batches, processor: try command.processor.processor)
    trainer.state = stored.state
    history = stored.history
    self.summary = summary
    // the best model is copied too, so that the new run has all its files
    if paths != source {
      try Self.removeBest(paths)
      if summary.bestStep != nil { try Checkpoint(path: source.best).write(to: paths.best) }
    }
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
  private static func checkConflicts(_ command: Train, with stored: TrainingCheckpoint, in path: String) throws {
    var conflicts = command.network.conflicts(
      model: stored.state.parameters.layout.configuration, training: stored.summary.configuration)
    if let unit = command.corpusOptions.unit, unit != stored.unit {
      conflicts.append("--unit \(unit.rawValue) (it began with \(stored.unit.rawValue))")
    }
    if let count = command.corpusOptions.minCount, count != stored.minimumCount {
      conflicts.append("--min-count \(count) (it began with \(stored.minimumCount))")
    }
    if let preset = command.budget.preset {
      conflicts.append("--preset \(preset.rawValue) (the run keeps the settings it began with)")
    }
    guard conflicts.isEmpty else {
      throw Failure(
        "\(path): a resumed run cannot change \(conflicts.joined(separator: ", ")). Leave the option out, or start a new run"
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
        "\(path) already exists. Use --resume \(paths.model) to continue it, --output to write elsewhere, or --force to"
          + " overwrite it.")
    }
    if command.report {
      try checkReport(paths)
      if FilePath.exists(paths.report) && !command.force {
        throw Failure(
          "\(paths.report), the page of another run, already exists. Give another --output, use --force to overwrite it, or"
            + " write no page with --no-report.")
      }
    }
    let folder = FilePath.folder(of: paths.model)
    do throws(SystemError) { try FilePath.checkWritable(folder) } catch {
      throw Failure("Cannot write the model to \(folder): \(error.words)")
    }
  }

  /// Removes the best model of an earlier run, which --force allows to overwrite. Otherwise it would be mistaken for
  /// the best model of this run until this run writes one.
  private static func removeBest(_ paths: CheckpointPaths) throws {
    do throws(SystemError) { try FilePath.remove(paths.best) } catch {
      throw Failure("Cannot overwrite \(paths.best): \(error.words)")
    }
  }

  /// Checks that the log overwrites an existing file only with --force, unless the run is resumed, and never the text.
  private static func checkLog(_ command: Train, corpora: [String]) throws {
    guard let log = command.log else { return }
    if let corpus = corpora.first(where: { FilePath.isSameFile($0, log) }) {
      throw Failure("--log \(log) is the corpus \(corpus). Give the log another name.")
    }
    if FilePath.exists(log) && command.resume == nil && !command.force { throw Failure.exists(log, option: "--log") }
  }

  /// Checks that no file is overwritten that is not the page of a training run.
  private static func checkReport(_ paths: CheckpointPaths) throws {
    guard !TrainingReport.mayStand(at: paths.report) else { return }
    throw Failure(
      "\(paths.report) exists and is not a page of bard train. Give another --output, or write no page with --no-report."
    )
  }

  private static func defaultOutput(for corpora: [String]) -> String {
    let name = FilePath.name(of: corpora.first ?? "model")
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }
}

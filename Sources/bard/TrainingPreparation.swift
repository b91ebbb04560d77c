import CharLSTM
import REPL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// All that a training run begins with: a fresh network, or one that goes on.
struct TrainingPreparation {
  let trainer: Trainer
  let corpus: Corpus
  /// What was chosen for a fresh run.
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
    corpus = try Corpus(
      CorpusText(paths: corpusPaths), unit: command.corpusOptions.unit ?? .character, minimumCount: minimumCount,
      threads: command.threads.count)
    let kernels = try chosenKernels()
    let plan = command.network.plan(
      for: corpus, budget: command.budget.budget, preset: command.budget.preset ?? .balanced,
      threads: command.threads.count, variant: kernels.variant)
    self.plan = plan
    let configuration = command.network.configuration(over: plan.configuration)
    let model = command.network.model(over: plan.model)
    let (batches, validation) = try Self.cut(corpus, configuration)
    self.validation = validation
    trainer = Trainer(
      model: model, configuration: configuration, vocabulary: corpus.vocabulary, batches: batches,
      threads: command.threads.count, kernels: kernels)
    history = TrainingHistory()
    summary = TrainingSummary(
      corpus: corpusPaths.map(fileName), corpusCharacters: corpus.tokens.count, corpusDigest: corpus.digest,
      configuration: configuration)
    try Self.removeBest(paths)
  }

  init(resuming path: String, command: Train) throws {
    plan = nil
    let source = CheckpointPaths(path)
    guard fileExists(source.training) else { throw CheckpointError.missingTrainingState(path: source.training) }
    let stored = try TrainingCheckpoint(path: source.training)
    paths = command.output.map { CheckpointPaths($0) } ?? source
    if paths == source {
      if command.report { try Self.checkReport(paths) }
    } else {
      try Self.checkOutput(paths, command: command)
    }
    var summary = stored.summary
    if !fileExists(source.best) { (summary.bestStep, summary.bestValidationLoss) = (nil, nil) }
    let model = stored.state.parameters.layout.configuration
    var conflicts = command.network.conflicts(model: model, training: summary.configuration)
    if let unit = command.corpusOptions.unit, unit != stored.unit {
      conflicts.append("--unit \(unit.rawValue) (it began with \(stored.unit.rawValue))")
    }
    if let count = command.corpusOptions.minCount, count != stored.minimumCount {
      conflicts.append("--min-count \(count) (it began with \(stored.minimumCount))")
    }
    if let preset = command.budget.preset {
      conflicts.append("--preset \(preset.rawValue) (its settings are the run's)")
    }
    guard conflicts.isEmpty else {
      throw Failure(
        "\(source.training): a run that goes on cannot change \(conflicts.joined(separator: ", ")). Leave the option out,"
          + " or start afresh without --resume.")
    }
    corpusPaths = command.corpora.isEmpty ? stored.corpusPaths : command.corpora
    try Self.checkLog(command, corpora: corpusPaths)
    minimumCount = stored.minimumCount
    corpus = try Corpus(CorpusText(paths: corpusPaths), vocabulary: stored.vocabulary, threads: command.threads.count)
    guard corpus.digest == summary.corpusDigest else {
      throw Failure(
        "\(corpusPaths.joined(separator: ", ")): not the corpus that \(source.training) was trained on"
          + " (\(summary.corpus.joined(separator: ", ")), \(counted(summary.corpusCharacters, "character"))). Give that one,"
          + " or start afresh without --resume.")
    }
    if let budget = command.budget.budget { summary.configuration.budget = budget }
    if let patience = command.network.patience { summary.configuration.patience = patience }
    let (batches, validation) = try Self.cut(corpus, summary.configuration)
    self.validation = validation
    guard batches.lanes == stored.state.recurrentState.lanes else {
      throw Failure(
        "\(source.training): its state has \(stored.state.recurrentState.lanes) lanes, the corpus \(batches.lanes)")
    }
    let progress = summary.configuration.budget.progress(
      step: stored.state.step, minibatchesPerEpoch: batches.minibatchesPerEpoch, seconds: summary.seconds)
    guard progress < 1 else {
      throw Failure(
        "\(source.training): it has already been trained \(summary.configuration.budget.words). Give a larger --epochs,"
          + " --steps or --minutes; it is counted from the run's beginning.")
    }
    trainer = Trainer(
      model: model, configuration: summary.configuration, vocabulary: stored.vocabulary, batches: batches,
      threads: command.threads.count, kernels: try chosenKernels())
    trainer.state = stored.state
    history = stored.history
    self.summary = summary
    // the best model goes along, so that the new run's files are complete
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

  /// Nothing is lost without --force, and a folder that does not exist is found out before training, not after it.
  private static func checkOutput(_ paths: CheckpointPaths, command: Train) throws {
    for path in [paths.model, paths.best, paths.training] where fileExists(path) && !command.force {
      throw Failure(
        "\(path) exists already. Go on with --resume \(paths.model), give another --output, or overwrite it with --force."
      )
    }
    if command.report {
      try checkReport(paths)
      if fileExists(paths.report) && !command.force {
        throw Failure(
          "\(paths.report) exists already, the page of another run. Give another --output, overwrite it with --force, or"
            + " write no page with --no-report.")
      }
    }
    let folder = folder(of: paths.model)
    guard access(folder, W_OK) == 0 else {
      throw Failure("\(folder): \(systemWords(forErrno: errno)); the model is to be written there.")
    }
  }

  /// What --force allows to overwrite, at once: the best model of an earlier run would be taken for this one's until its own is
  /// there.
  private static func removeBest(_ paths: CheckpointPaths) throws {
    guard unlink(paths.best) == 0 || errno == ENOENT else {
      throw Failure("\(paths.best): \(systemWords(forErrno: errno)); it is to be overwritten.")
    }
  }

  /// A log is not written over what there is, unless it goes on, and never over the text.
  private static func checkLog(_ command: Train, corpora: [String]) throws {
    guard let log = command.log else { return }
    if let corpus = corpora.first(where: { isSameFile($0, log) }) {
      throw Failure("--log \(log): this is the corpus \(corpus). Give the log another name.")
    }
    if fileExists(log) && command.resume == nil && !command.force {
      throw Failure("\(log) exists already. Give another --log, or overwrite it with --force.")
    }
  }

  /// What is no page of a training run is never overwritten.
  private static func checkReport(_ paths: CheckpointPaths) throws {
    guard !TrainingReport.mayStand(at: paths.report) else { return }
    throw Failure(
      "\(paths.report) is there and no page of bard train, which would write one there. Give another --output, or write no"
        + " page with --no-report.")
  }

  private static func defaultOutput(for corpora: [String]) -> String {
    let name = fileName(corpora.first ?? "model")
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }

  /// What is about to happen, in a few lines.
  /// - Parameter report: whether a page is written.
  func introduction(report: Bool) -> [String] {
    let configuration = trainer.configuration
    let model = trainer.parameters.layout.configuration
    let batches = trainer.batches
    let memory = TrainingMemory(model: model, configuration: configuration, tokens: corpus.tokens.count)
    var lines = [
      "\(corpusPaths.joined(separator: ", ")): \(counted(corpus.tokens.count, corpus.vocabulary.unit.noun)),"
        + " \(grouped(corpus.vocabulary.count)) different\(corpus.vocabulary.hasUnknown ? " (one stands for the rare ones)" : "");"
        + " the last \(grouped(validation.count)) are kept for validation",
      "\(counted(model.layers, "layer")) of \(counted(model.hiddenSize, "cell")), \(counted(model.parameterCount, "parameter"));"
        + " \(counted(trainer.threads, "thread")), \(trainer.kernels.variant.rawValue) kernels, \(configuration.precision.rawValue),"
        + " about \(grouped(memory.total / 1_000_000)) MB",
      "[samples, time steps, features] = [\(batches.lanes), \(batches.timeSteps), \(model.vocabularySize)]: \(counted(batches.minibatchesPerEpoch, "minibatch", "minibatches")) an"
        + " epoch, \(configuration.stateHandling.words)\(configuration.objective == .last ? "; only the last prediction of each is learnt from" : "")",
    ]
    if batches.lanes < batches.requestedLanes {
      lines.append(
        "the corpus is too short for \(batches.requestedLanes) lanes of \(batches.timeSteps) characters: \(counted(batches.lanes, "lane")) instead"
      )
    }
    if configuration.precision == .bfloat16 && !trainer.kernels.variant.hasBFloat16 {
      lines.append("without AVX512_BF16 on this processor bfloat16 takes longer than float32")
    }
    if validation.count < 2 { lines.append("no part of the corpus is kept for validation: there is no best model") }
    let verb =
      trainer.step > 0
      ? "going on from step \(grouped(trainer.step)), \(configuration.budget.words) in all"
      : "training \(configuration.budget.words)"
    if let plan { lines += plan.words(used: configuration, threads: trainer.threads) }
    lines.append("\(verb), to \(paths.model)\(report ? "; \(paths.report) shows how it goes" : "")")
    return lines
  }
}

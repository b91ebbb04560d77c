import ArgumentParser
import CharLSTM
import REPL

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains a model on one or several text files.",
    discussion: """
      Writes NAME.safetensors (the latest model), NAME.best.safetensors (the lowest validation loss), \
      NAME.training.safetensors (everything needed to go on) and NAME.html (how it goes, for a browser). Ctrl-C finishes the \
      minibatch, saves and ends; a second Ctrl-C ends at once.

      Example:

        bard train poems.txt --output poems.safetensors --minutes 10
        bard train --resume poems.safetensors --minutes 20
      """)

  @Argument(
    help: ArgumentHelp("The text, UTF-8; several files are read as one.", valueName: "corpus"), completion: .file())
  var corpora: [String] = []

  @Option(
    help: ArgumentHelp(
      "Where the model goes. (default: the corpus' name with .safetensors; with --resume, in place)",
      valueName: "file.safetensors"), completion: .file(extensions: ["safetensors"]))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Go on exactly where this run stopped. A budget is counted from the run's beginning.", valueName: "checkpoint"),
    completion: .file(extensions: ["safetensors"]))
  var resume: String?

  @Flag(help: "Overwrite an existing model, its page and its log.")
  var force = false

  @OptionGroup(title: "Budget") var budget: BudgetOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Network and training") var network: NetworkOptions
  @OptionGroup var threads: ThreadOptions

  @Option(
    help:
      "Write one JSON object a line to this file: losses, learning rate, gradient norm, speed. With --resume they are appended.",
    completion: .file()
  )
  var log: String?

  @Flag(inversion: .prefixedNo, help: "Write NAME.html, a page with curves, samples and settings, again and again.")
  var report = TrainingRun.Options().writesReport

  @Option(help: "Show a sample every so many steps; 0: never. (default: \(TrainingRun.Options().sampleEvery))")
  var sampleEvery: Int?

  @Option(
    help:
      "Write a checkpoint every so many steps, besides each epoch and the end. (default: \(TrainingRun.Options().checkpointEvery))"
  )
  var checkpointEvery: Int?

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    if corpora.isEmpty && resume == nil {
      throw ValidationError("give the text to train on: bard train poems.txt")
    }
    if let sampleEvery, sampleEvery < 0 {
      throw ValidationError("--sample-every must be 0 (never) or more, not \(sampleEvery).")
    }
    if let checkpointEvery, checkpointEvery < 1 {
      throw ValidationError("--checkpoint-every must be 1 or more, not \(checkpointEvery).")
    }
  }

  func run() throws {
    var ending = TrainingRun.Ending.budgetUsed
    try inWords {
      let preparation =
        try resume.map { try TrainingPreparation(resuming: $0, command: self) }
        ?? TrainingPreparation(command: self)
      if !quiet { preparation.introduction(report: report).forEach(Terminal.tell) }
      let display = TrainingDisplay(quiet: quiet)
      let run = TrainingRun(
        trainer: preparation.trainer, validation: preparation.validation, summary: preparation.summary,
        history: preparation.history,
        paths: preparation.paths, corpusPaths: preparation.corpusPaths, minimumCount: preparation.minimumCount,
        options: options, log: try log.map { try TrainingLog(path: $0, append: resume != nil) },
        report: { display.show($0) })
      Interruption.listen()
      defer { display.end() }
      ending = try run.run(shouldStop: { Interruption.isRequested })
      display.end()
      if !quiet {
        TrainingDisplay.conclusion(of: run, paths: preparation.paths, ending: ending).forEach(Terminal.tell)
      }
    }
    if ending == .stopped { throw Interruption.exitCode }
  }

  private var options: TrainingRun.Options {
    var options = TrainingRun.Options()
    if let sampleEvery { options.sampleEvery = sampleEvery }
    options.writesReport = report
    // samples are for whoever looks on, or for the page
    if quiet && !report { options.sampleEvery = 0 }
    if let checkpointEvery { options.checkpointEvery = checkpointEvery }
    return options
  }
}

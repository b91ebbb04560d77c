import ArgumentParser
import CharLSTM
import Pages
import REPL

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a model on one or more text files.",
    discussion: """
      Writes NAME.safetensors (the latest model), NAME.best.safetensors (the model with the lowest validation loss), \
      NAME.training.safetensors (what --resume needs) and NAME.html (a progress page for the browser). Press Ctrl-C once to \
      save and stop, twice to stop at once.

      Examples:

        bard train poems.txt
        bard train poems.txt --output poems.safetensors --minutes 10
        bard train --resume poems.safetensors --minutes 20
      """)

  @Argument(
    help: ArgumentHelp("Text files (UTF-8) to learn from; several are joined.", valueName: "corpus"),
    completion: .file())
  var corpora: [String] = []

  @Option(
    help: ArgumentHelp(
      "Where to write the model. (default: the corpus's name with .safetensors; with --resume, the model itself)",
      valueName: "file.safetensors"), completion: .file(extensions: ["safetensors"]))
  var output: String?

  @Option(
    help: ArgumentHelp(
      """
      Continue a stopped run. --minutes, --steps and --epochs are totals that include what it has already done.
      """, valueName: "model"), completion: .file(extensions: ["safetensors"]))
  var resume: String?

  @Flag(help: "Overwrite an existing model, its page and its log.")
  var force = false

  @OptionGroup(title: "Budget") var budget: BudgetOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Network and training") var network: NetworkOptions
  @OptionGroup(title: "Network and training") var singleRun: SingleRunOptions
  @OptionGroup var processor: ProcessorOptions

  @Option(
    help: ArgumentHelp(
      """
      Write a log to this file. Each line is a JSON object with losses, learning rate, gradient norm and speed. With --resume, \
      bard appends to the file.
      """, valueName: "file"), completion: .file())
  var log: String?

  @Flag(inversion: .prefixedNo, help: "Keep NAME.html up to date while training: curves, samples and settings.")
  var report = true

  @Option(help: "Print a sample every N steps; 0 for never. (default: \(TrainingRun.Options().sampleEvery))")
  var sampleEvery: Int?

  @Option(
    help: """
      Write a checkpoint every N steps, besides those after each epoch and at the end. (default: \
      \(TrainingRun.Options().checkpointEvery))
      """)
  var checkpointEvery: Int?

  @Flag(help: "Print only errors.")
  var quiet = false

  func validate() throws {
    if corpora.isEmpty && resume == nil { throw ValidationError("No text given. For example: bard train poems.txt") }
    if let sampleEvery, sampleEvery < 0 {
      throw ValidationError("--sample-every must be 0 (never) or more, not \(sampleEvery).")
    }
    if let checkpointEvery, checkpointEvery < 1 {
      throw ValidationError("--checkpoint-every must be 1 or more, not \(checkpointEvery).")
    }
  }

  func run() throws {
    var ending = TrainingRun.Ending.budgetUsed
    try reportingErrors(advice: CorpusOptions.advice) {
      let preparation =
        try resume.map { try TrainingPreparation(resuming: $0, command: self) }
        ?? TrainingPreparation(command: self)
      if !quiet { preparation.introduction(report: report).forEach(Terminal.tell) }
      let display = TrainingDisplay(quiet: quiet)
      let files = try TrainingFiles(preparation, log: log, appendsLog: resume != nil, writesReport: report)
      try preparation.replaceBest()
      let run = TrainingRun(
        trainer: preparation.trainer, summary: preparation.summary, history: preparation.history, options: options,
        actions: preparation.actions { event in
          if let fault = try files.write(event) { display.warn(fault) }
          display.show(event)
        })
      Interruption.listen()
      defer { display.end() }
      func writeLastReport(_ state: TrainingReport.State) {
        if let fault = files.writeReport(state, run.snapshot) { display.warn(fault) }
      }
      do {
        ending = try run.run(shouldStop: { Interruption.isRequested })
      } catch {
        writeLastReport(.failed(message: (error as? any UserError)?.message ?? "\(error)"))
        throw error
      }
      writeLastReport(.ended(ending))
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
    // samples are only for people who watch, or for the page
    if quiet && !report { options.sampleEvery = 0 }
    if let checkpointEvery { options.checkpointEvery = checkpointEvery }
    return options
  }
}

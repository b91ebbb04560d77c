import ArgumentParser
import CharLSTM
import Insight
import Pages
import REPL

struct CompareRegimes: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare-regimes",
    abstract: "Train the same network in four ways and compare the results.",
    discussion: """
      Trains the same network four times, with the same settings and seed and for the same time:

        1. on many-to-one windows
        2. on shuffled many-to-many windows
        3. in text order, with the state reset at each minibatch
        4. in text order, with the state carried over (stateful)

      Prints the validation loss, in total and by the number of characters since the last reset. The latter shows how much \
      the state helps. Writes no files except the page named by --html.

      Example:

        bard compare-regimes poems.txt --minutes 2 --html regimes.html
      """)

  @Argument(help: ArgumentHelp("Text files (UTF-8); several are joined.", valueName: "corpus"), completion: .file())
  var corpora: [String]

  @Option(help: "Minutes for each of the four networks.")
  var minutes = 1.0

  @Option(help: "Minibatches for each of the four networks, instead of --minutes.")
  var steps: Int?

  @Option(
    help: ArgumentHelp("Write a page with the curves to this file.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @Flag(help: "Overwrite an existing page.")
  var force = false

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Print only the result and errors.")
  var quiet = false

  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Network and training") var network: NetworkOptions
  // parsed only so that an error can explain why they do not apply
  @OptionGroup(visibility: .hidden) var singleRun: SingleRunOptions
  @OptionGroup var processor: ProcessorOptions

  func validate() throws {
    if let steps, steps < 1 { throw ValidationError("--steps must be 1 or more, not \(steps).") }
    if !(minutes > 0 && minutes.isFinite) {
      throw ValidationError("--minutes must be above 0, not \(significant(minutes)).")
    }
    if singleRun.stateHandling != nil || singleRun.objective != nil {
      throw ValidationError(
        "Leave out --state and --objective: the four networks differ in exactly these two settings.")
    }
    if singleRun.patience != nil {
      throw ValidationError("Leave out --patience: each of the four networks uses its whole budget.")
    }
  }

  func run() throws {
    var isStopped = false
    try reportingErrors(advice: CorpusOptions.advice) {
      let destination = try html.map { try OutputFile(path: $0, force: force, option: "--html", inputs: corpora) }
      let comparison = try prepared()
      Interruption.listen()
      var results: [RegimeComparison.Result] = []
      for (index, regime) in TrainingRegime.allCases.enumerated() {
        var line = ProgressLine(quiet: quiet)
        let result = try comparison.run(regime) { share, loss in
          line.show(share: (Double(index) + share) / Double(TrainingRegime.allCases.count)) {
            "\(regime.rawValue)  loss \(fixed(loss, 3))"
          }
          return !Interruption.isRequested
        }
        line.clear()
        isStopped = Interruption.isRequested
        if isStopped { return }
        guard let result else {
          throw Failure("No text is held out for validation. Give a larger --validation-fraction.")
        }
        results.append(result)
      }
      if let destination {
        let page = RegimesPage(
          results: results, timeSteps: comparison.configuration.timeSteps, subtitle: subject(of: comparison))
        try destination.write(page: page.html)
      }
      let table = RegimesTable(results, timeSteps: comparison.configuration.timeSteps)
      try Terminal.put(lines: json ? [table.json] : table.lines)
    }
    if isStopped { throw Interruption.exitCode }
  }

  private func prepared() throws -> RegimeComparison {
    let processor = try processor.processor
    let corpus = try Corpus(
      CorpusText(paths: corpora), unit: corpusOptions.unit ?? .character, minimumCount: corpusOptions.minCount ?? 1,
      threads: processor.threads)
    let plan = network.plan(
      for: corpus, budget: steps.map { .steps($0) } ?? .minutes(minutes), preset: .balanced, processor: processor)
    let configuration = network.configuration(over: plan.configuration)
    let model = network.model(over: plan.model)
    try checkMemory(model, configuration, lanes: configuration.lanes, tokens: corpus.tokens.count)
    let comparison = RegimeComparison(
      model: model, configuration: configuration, corpus: corpus, processor: processor)
    if !quiet { Terminal.tell(subject(of: comparison)) }
    return comparison
  }

  /// A description of the text, the network and the training.
  private func subject(of comparison: RegimeComparison) -> String {
    let (model, settings) = (comparison.model, comparison.configuration)
    return "\(corpora.map(FilePath.name).joined(separator: ", ")): \(counted(model.layers, "layer")) of"
      + " \(counted(model.hiddenSize, "cell")), [samples, time steps, features] ="
      + " [\(settings.lanes), \(settings.timeSteps), \(model.vocabularySize)], four networks trained \(settings.budget.phrase) each"
  }
}

import ArgumentParser
import CharLSTM
import REPL

struct CompareRegimes: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare-regimes",
    abstract: "Trains a network in each of four ways, and shows what they come to.",
    discussion: """
      Many-to-one windows, many-to-many on shuffled windows, in order with the state reset, and in order with the state \
      carried (stateful): the same network, settings and seed, and the same time for each. The loss of each is of the \
      validation part, read from beginning to end; by how many characters were read since the state was zero it shows what \
      a state is worth. Nothing is written but what --html names.

      Example:

        bard compare-regimes poems.txt --minutes 2 --html regimes.html
      """)

  @Argument(
    help: ArgumentHelp("The text, UTF-8; several files are read as one.", valueName: "corpus"), completion: .file())
  var corpora: [String]

  @Option(help: "Minutes for each of the four.")
  var minutes = 1.0

  @Option(help: "Minibatches for each of the four, in place of --minutes.")
  var steps: Int?

  @Option(
    help: ArgumentHelp("Draw the curves in this page.", valueName: "file"), completion: .file(extensions: ["html"]))
  var html: String?

  @Flag(help: "Overwrite an existing page.")
  var force = false

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Say nothing but the result and errors.")
  var quiet = false

  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Network and training") var network: NetworkOptions
  @OptionGroup var threads: ThreadOptions

  func validate() throws {
    if let steps, steps < 1 { throw ValidationError("--steps must be 1 or more, not \(steps).") }
    if !(minutes > 0 && minutes.isFinite) {
      throw ValidationError("--minutes must be above 0, not \(significant(minutes)).")
    }
    if network.state != nil || network.objective != nil {
      throw ValidationError("--state and --objective are what is compared: leave them out.")
    }
  }

  func run() throws {
    var isStopped = false
    try inWords {
      let destination = try html.map { try GenerationDestination(path: $0, force: force, option: "--html") }
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
          throw Failure("\(corpora[0]): no part of it is kept for validation; give a larger --validation-fraction.")
        }
        results.append(result)
      }
      if let destination {
        let page = RegimesPage(
          results: results, timeSteps: comparison.configuration.timeSteps, subtitle: words(comparison))
        _ = try destination.write(Array(page.html.utf8))
        try destination.commit()
      }
      let report = RegimesReport(results, timeSteps: comparison.configuration.timeSteps)
      if json { print(try report.json) } else { print(report.table.joined(separator: "\n")) }
    }
    if isStopped { throw Interruption.exitCode }
  }

  private func prepared() throws -> RegimeComparison {
    let corpus = try Corpus(
      CorpusText(paths: corpora), unit: corpusOptions.unit ?? .character, minimumCount: corpusOptions.minCount ?? 1,
      threads: threads.count)
    let kernels = try chosenKernels()
    let plan = network.plan(
      for: corpus, budget: steps.map { .steps($0) } ?? .minutes(minutes), preset: .balanced, threads: threads.count,
      variant: kernels.variant)
    let configuration = network.configuration(over: plan.configuration)
    let model = network.model(over: plan.model)
    let comparison = RegimeComparison(
      model: model, configuration: configuration, corpus: corpus, threads: threads.count, kernels: kernels)
    if !quiet { Terminal.tell(words(comparison)) }
    return comparison
  }

  /// What is trained on what.
  private func words(_ comparison: RegimeComparison) -> String {
    let (model, settings) = (comparison.model, comparison.configuration)
    return "\(corpora.map(fileName).joined(separator: ", ")): \(counted(model.layers, "layer")) of"
      + " \(counted(model.hiddenSize, "cell")), [samples, time steps, features] ="
      + " [\(settings.lanes), \(settings.timeSteps), \(model.vocabularySize)], each of four regimes \(settings.budget.words)"
  }
}

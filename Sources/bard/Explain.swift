import ArgumentParser
import CharLSTM
import Insight
import Pages
import REPL

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain LSTM input shapes, state and training with your own text as the example.",
    discussion: """
      Explains samples, time steps and features; what a stateful network remembers and when its state is reset; why a \
      stateful network must not be shuffled; many-to-one, many-to-many and TimeDistributed; and what changes if your data \
      are numbers. The beginning of your text is the example. It prints every shape, and Keras and PyTorch code.

      Examples:

        bard explain poems.txt
        bard explain poems.txt --lanes 4 --time-steps 12
        bard explain poems.txt --html poems.html
      """)

  @Argument(help: "The text file to use as the example. (default: a few lines of Hamlet)", completion: .file())
  var corpus: String?

  @Option(
    help: "Pieces of the text that are read side by side; the batch size, B: \(Explain.words(Explanation.laneRange)).")
  var lanes = Explanation.defaultLanes

  @Option(
    help:
      "Characters that a lane reads in one minibatch; the time steps, T: \(Explain.words(Explanation.timeStepRange)).")
  var timeSteps = Explanation.defaultTimeSteps

  @Option(help: ArgumentHelp(stringLiteral: CorpusOptions.unitHelp))
  var unit = TextUnit.character

  @Option(
    help: ArgumentHelp("Write a web page with drawings to this file instead.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @Flag(help: "Overwrite an existing page.")
  var force = false

  @OptionGroup var processor: ProcessorOptions

  private static func words(_ range: ClosedRange<Int>) -> String {
    "\(range.lowerBound) to \(range.upperBound)"
  }

  func validate() throws {
    func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws {
      guard range.contains(value) else {
        throw ValidationError("\(name) must be from \(Self.words(range)), not \(value).")
      }
    }
    try check("--lanes", lanes, Explanation.laneRange)
    try check("--time-steps", timeSteps, Explanation.timeStepRange)
    if force && html == nil { throw ValidationError("--force needs --html.") }
  }

  func run() throws {
    try reportingErrors(advice: CorpusOptions.advice) {
      let destination = try html.map {
        try OutputFile(path: $0, force: force, option: "--html", inputs: [corpus].compactMap(\.self))
      }
      let text = try corpus.map { try CorpusText(paths: [$0]) } ?? CorpusText(bytes: Array(Explanation.monologue.utf8))
      let explanation = try Explanation(
        of: Corpus(text, unit: unit, threads: processor.count), name: corpus.map(FilePath.name), lanes: lanes,
        timeSteps: timeSteps)
      guard let destination else {
        let style = Style(
          isTerminal: Terminal.isTerminal(Terminal.standardOutput), environment: ProcessInfo.processInfo.environment)
        try Terminal.put(lines: ExplanationLines(explanation, style: style).lines)
        return
      }
      try destination.write(page: ExplanationPage(explanation).html)
    }
  }
}

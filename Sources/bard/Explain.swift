import ArgumentParser
import CharLSTM
import Insight
import Pages
import REPL

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain LSTM input shapes, state and training with your own text as the example.",
    discussion: """
      Shows what samples, time steps and features are, what a stateful network keeps and when it is reset, why shuffling \
      is wrong then, many-to-one and many-to-many, TimeDistributed, and what changes if your data are numbers. The \
      example is the beginning of your own text. All shapes are there, and the matching Keras and PyTorch code.

      Examples:

        bard explain poems.txt
        bard explain poems.txt --lanes 4 --time-steps 12
        bard explain poems.txt --html poems.html
      """)

  @Argument(help: "The text file to use as the example. (default: a few lines of Hamlet)", completion: .file())
  var corpus: String?

  @Option(help: "Lanes: pieces of the text that are read side by side; the batch size B.")
  var lanes = Explanation.defaultLanes

  @Option(help: "Characters of each lane in a minibatch; the time steps T.")
  var timeSteps = Explanation.defaultTimeSteps

  @Option(help: ArgumentHelp(stringLiteral: CorpusOptions.unitHelp))
  var unit = TextUnit.character

  @Option(
    help: ArgumentHelp("Write a web page with drawings to this file instead.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @Flag(help: "Overwrite an existing file.")
  var force = false

  @OptionGroup var processor: ProcessorOptions

  func validate() throws {
    func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws {
      guard range.contains(value) else {
        throw ValidationError("\(name) must be from \(range.lowerBound) to \(range.upperBound), not \(value).")
      }
    }
    try check("--lanes", lanes, Explanation.laneRange)
    try check("--time-steps", timeSteps, Explanation.timeStepRange)
    if force && html == nil { throw ValidationError("--force needs --html.") }
  }

  func run() throws {
    try reportingErrors {
      let destination = try html.map { try OutputFile(path: $0, force: force, option: "--html") }
      let text = try corpus.map { try CorpusText(paths: [$0]) } ?? CorpusText(bytes: Array(Explanation.monologue.utf8))
      let explanation = try Explanation(
        of: Corpus(text, unit: unit, threads: processor.count), name: corpus.map(FilePath.name), lanes: lanes,
        timeSteps: timeSteps)
      guard let destination else {
        let style = Style(
          isTerminal: Terminal.isTerminal(Terminal.standardOutput), environment: ProcessInfo.processInfo.environment)
        let lines = ExplanationLines(explanation, style: style).lines
        try Terminal.put(Array((lines.joined(separator: "\n") + "\n").utf8))
        return
      }
      try destination.write(page: ExplanationPage(explanation).html)
    }
  }
}

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
    abstract: "Shows on a text what the network reads, is asked and keeps.",
    discussion: """
      Samples, time steps and features; stateful, shuffling and resetting; many-to-one and many-to-many; TimeDistributed: on \
      the first characters of your own text, with the shapes and the lines of Keras and PyTorch.

      Example:

        bard explain poems.txt
        bard explain poems.txt --lanes 4 --time-steps 12
        bard explain poems.txt --html poems.html
      """)

  @Argument(help: "A text, whose beginning is shown. (default: a few lines of Hamlet)", completion: .file())
  var corpus: String?

  @Option(help: "Pieces of the text read side by side, the batch size B.")
  var lanes = Explanation.defaultLanes

  @Option(help: "Characters of each lane in a minibatch, T.")
  var timeSteps = Explanation.defaultTimeSteps

  @Option(help: "What one character is: character, scalar or byte, as in bard train.")
  var unit = TextUnit.character

  @Option(
    help: ArgumentHelp("Write a page with drawings instead.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @Flag(help: "Overwrite an existing file.")
  var force = false

  @OptionGroup var processor: ProcessorOptions

  func validate() throws {
    func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws {
      guard range.contains(value) else {
        throw ValidationError("\(name) must be from \(range.lowerBound) to \(range.upperBound) here, not \(value).")
      }
    }
    try check("--lanes", lanes, Explanation.laneRange)
    try check("--time-steps", timeSteps, Explanation.timeStepRange)
    if force && html == nil { throw ValidationError("--force is for --html.") }
  }

  func run() throws {
    try reportingErrors {
      if let html, FilePath.exists(html), !force {
        throw Failure("\(html) exists already. Name another file, or overwrite it with --force.")
      }
      let text = try corpus.map { try CorpusText(paths: [$0]) } ?? CorpusText(bytes: Array(Explanation.monologue.utf8))
      let explanation = try Explanation(
        of: Corpus(text, unit: unit, threads: processor.count), name: corpus.map(FilePath.name), lanes: lanes,
        timeSteps: timeSteps)
      guard let html else {
        let style = Style(
          isTerminal: Terminal.isTerminal(Terminal.standardOutput), environment: ProcessInfo.processInfo.environment)
        let lines = ExplanationLines(explanation, style: style).lines
        try Terminal.put(Array((lines.joined(separator: "\n") + "\n").utf8))
        return
      }
      try AtomicFile.write(Array(ExplanationPage(explanation).html.utf8), to: html)
      Terminal.tell("wrote \(html)")
    }
  }
}

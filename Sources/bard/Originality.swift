import ArgumentParser
import CharLSTM
import Insight
import REPL

struct Originality: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show how much of a text was copied from a corpus.",
    discussion: """
      For each position in TEXT, finds the longest run of characters that also appears in the corpus. Prints how long these \
      matches are; for several n, the share of n-character sequences that are not in the corpus (novel) and the share of TEXT \
      that lies in matches of n or more characters (covered); and the longest copied passages, with FILE:LINE:COLUMN.

      Line ends and spaces count as characters. A match never runs from one corpus file into the next. bard keeps text and \
      corpus in memory, with about 12 bytes per character. Together they may have at most 2,147,483,646 characters.

      Examples:

        bard originality new.txt --corpus poems.txt
        bard generate --output - | bard originality /dev/stdin --corpus poems.txt
      """)

  @Argument(help: "The text file to check.", completion: .file())
  var text: String

  @Option(parsing: .upToNextOption, help: "The files that the text may have been copied from.", completion: .file())
  var corpus: [String]

  @Option(help: "Number of copied passages to show; 0 for none.")
  var passages = 10

  @Option(help: ArgumentHelp(stringLiteral: CorpusOptions.unitHelp))
  var unit = TextUnit.character

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup var processor: ProcessorOptions

  func validate() throws {
    if passages < 0 { throw ValidationError("--passages must be 0 (none) or more, not \(passages).") }
  }

  func run() throws {
    try reportingErrors(advice: CorpusOptions.advice) {
      let texts = try ComparedTexts(
        text: CorpusText(paths: [text]), corpus: corpus.map { try CorpusText(paths: [$0]) }, unit: unit,
        threads: processor.count)
      if texts.count == 0 { throw Failure("\(text) is empty: there is nothing to compare.") }
      if texts.corpusCount == 0 {
        throw Failure("The corpus is empty: \(corpus.joined(separator: ", ")). Give the text to compare with.")
      }
      let table = OriginalityTable(
        matches: CorpusMatches(texts, passages: passages), texts: texts, path: text, corpus: corpus)
      let lines = json ? [table.json] : table.lines(width: Terminal.columns(of: Terminal.standardOutput))
      try Terminal.put(Array((lines.joined(separator: "\n") + "\n").utf8))
    }
  }
}

import ArgumentParser
import CharLSTM
import REPL

struct Originality: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows how much of a text stands word for word in a corpus.",
    discussion: """
      For every place of TEXT the longest match is found: as many characters from there on as stand somewhere in the corpus \
      just so. Told are how long these matches are; for several n, how many of the sequences of n characters in TEXT do not \
      stand in the corpus (novel), and how much of TEXT lies in matches of n characters or more (covered); and the longest \
      passages that are part of no longer one, with their places as FILE:LINE:COLUMN.

      A character is what --unit says, as in bard train: a grapheme cluster unless another one is given. None is ever split, \
      line ends and spaces count, and a match never goes from one file of the corpus on into the next. Text and corpus are \
      held in memory, some 12 bytes for each character; together they may have 2,147,483,646.

      Example:

        bard originality new.txt --corpus poems.txt
        bard generate --output - | bard originality /dev/stdin --corpus poems.txt
      """)

  @Argument(help: "The text to look at.", completion: .file())
  var text: String

  @Option(parsing: .upToNextOption, help: "The files that it may have been copied from.", completion: .file())
  var corpus: [String]

  @Option(help: "How many passages to show; 0: none.")
  var passages = 10

  @Option(
    help: """
      What one character is: character (an extended grapheme cluster), scalar (a Unicode scalar) or byte (takes any file).
      """)
  var unit = TextUnit.character

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup var threads: ThreadOptions

  func validate() throws {
    if passages < 0 { throw ValidationError("--passages must be 0 (none) or more, not \(passages).") }
  }

  func run() throws {
    try inWords {
      let texts = try ComparedTexts(
        text: CorpusText(paths: [text]), corpus: corpus.map { try CorpusText(paths: [$0]) }, unit: unit,
        threads: threads.count)
      if texts.count == 0 { throw Failure("\(text) is empty; there is nothing to compare.") }
      if texts.corpusCount == 0 {
        throw Failure("the corpus is empty: \(corpus.joined(separator: ", ")). Name the text to compare with.")
      }
      let report = OriginalityReport(
        matches: CorpusMatches(texts, passages: passages), texts: texts, path: text, corpus: corpus)
      let lines = json ? [try report.json] : report.lines(width: Terminal.columns(of: Terminal.standardOutput))
      try Terminal.put(Array((lines.joined(separator: "\n") + "\n").utf8))
    }
  }
}

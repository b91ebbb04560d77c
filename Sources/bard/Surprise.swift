import ArgumentParser
import CharLSTM
import REPL

struct Surprise: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows how surprising each character of a text is to a model.",
    discussion: """
      Surprise is -log2 p in bits, p being the probability that the model gave a character after all that precede it, from \
      the beginning of the file. The first character has none. The totals are those of bard evaluate --whole --lanes 1.

      At a terminal of 256 colours every character stands on the colour of its surprise. Line ends, tabs, marks and spaces \
      can be seen where they surprise: ↵, →, ◌ under the mark, and the colour alone; control characters always, as ␛, and \
      what takes no room, as [U+200B]. With a model of bytes a character of several has the sum of their bits.

      With NO_COLOR set, or where standard output is no terminal, rows of at most 80 columns are written, each with a row \
      below it in which every character has its bits, rounded to a whole number:

        .  less than half a bit        +  ten or more
        1  to 9, so many bits          -  the first character, which is not predicted

      A space there stands under the second half of a wide character. The exact figures are in --json, one object: \
      "sequence" has for each character text, id, bits and the likeliest ones with their probabilities.

      Example:

        bard surprise poems.txt
        bard surprise poems.safetensors poems.txt --html surprise.html
        bard surprise poems.safetensors long.txt --from 10001 --length 2000 --json
      """)

  @Argument(
    help: "[CHECKPOINT] FILE: a model file, the Shakespeare model where it is left out, and the text.",
    completion: .file())
  var files: [String]

  @Option(help: "The first character to show, counted from 1. What precedes it is read all the same.")
  var from = 1

  @Option(help: "How many characters to show, and to count in the totals. (default: all)")
  var length: Int?

  @Option(
    help: ArgumentHelp(
      """
      Write a page where pointing at a character shows its bits and what was expected, instead of the text. It takes the \
      first \(SurprisalPage.mostCharacters) characters of what is to be shown; the totals are of all.
      """, valueName: "file.html"), completion: .file(extensions: ["html"]))
  var html: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Overwrite an existing page.")
  var force = false

  @Option(help: "What the model computes in: float32, bfloat16 or int8.")
  var precision = SamplingPrecision.float32

  @OptionGroup var threads: ThreadOptions

  func validate() throws {
    guard (1...2).contains(files.count) else { throw ValidationError("give [CHECKPOINT] FILE.") }
    if from < 1 { throw ValidationError("--from must be 1 (the first character) or more, not \(from).") }
    if let length, length < 1 { throw ValidationError("--length must be 1 or more, not \(length).") }
    if html == "-" { throw ValidationError("--html takes the name of a file.") }
  }

  func run() throws {
    var cancelled = false
    try inWords {
      let path = files[files.count - 1]
      let destination = try html.map { try GenerationDestination(path: $0, force: force, option: "--html") }
      let (checkpoint, modelPath) = try loadModel(files.count == 2 ? files[0] : nil)
      let text = try EvaluationText(
        paths: [path], whole: true, corpora: [], checkpoint: checkpoint, threads: threads.count)
      let count = text.scored.count
      if count < 2 {
        throw Failure("\(path): \(counted(count, "character")), too short: it takes 2 to predict one.")
      }
      if from > count { throw Failure("\(path) has \(counted(count, "character")), none at --from \(from).") }
      let range = from - 1..<min(count, length.map { $0 < count ? from - 1 + $0 : count } ?? count)
      Interruption.listen()
      var writer = SurpriseWriter(
        model: checkpoint.model(precision: precision, kernels: try chosenKernels()), text: text, range: range,
        modelName: fileName(modelPath), threads: threads.count)
      if destination != nil { writer.addPage() }
      if json { writer.form = SurpriseJSON(vocabulary: checkpoint.vocabulary, first: from) }
      if !json && destination == nil { writer.form = SurpriseWriter.formOfOutput }
      cancelled = try !writer.write()
      if !cancelled, let destination, let html {
        try writer.write(page: destination, path: html, name: fileName(path))
      }
    }
    if cancelled { throw Interruption.exitCode }
  }
}

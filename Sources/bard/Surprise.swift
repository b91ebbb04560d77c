import ArgumentParser
import CharLSTM
import Pages
import REPL

struct Surprise: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show how surprising each character of a text is to a model.",
    discussion: """
      Surprise is measured in bits: -log2 p, where p is the probability that the model gave to a character after reading \
      everything before it in the file. The first character has no value, because nothing comes before it. The totals equal those \
      of bard evaluate --whole --lanes 1.

      On a terminal with 256 colours, the background of every character shows its surprise. Surprising line ends, tabs and \
      combining marks are shown as ↵, → and ◌ with the mark. Control characters are always shown, for example as ␛, and so are \
      zero-width characters, for example as [U+200B]. If the model reads bytes, the value of a character is the sum of the \
      values of its bytes.

      If NO_COLOR is set, TERM is dumb, or standard output is not a terminal, bard writes rows of at most 80 columns. Below each \
      row there is a second row with the bits of each character, rounded to a whole number:

        .  less than half a bit        +  ten or more
        1  to 9: that many bits        -  the first character, which is not predicted

      In the second row, a space is below the second half of a wide character. --json has the exact numbers: "sequence" has \
      the text, the id and the bits of each character, and the likeliest alternatives with their probabilities.

      Examples:

        bard surprise poems.txt
        bard surprise poems.safetensors poems.txt --html surprise.html
        bard surprise poems.safetensors long.txt --from 10001 --length 2000 --json
      """)

  @Argument(
    help: "[MODEL] FILE: an optional model (default: the Shakespeare model), then a text file.",
    completion: .file())
  var files: [String]

  @Option(help: "First character to show, counted from 1. The model still reads everything before it.")
  var from = 1

  @Option(help: "Number of characters to show and to count in the totals. (default: all)")
  var length: Int?

  @Option(
    help: ArgumentHelp(
      """
      Write a page instead of the text: pointing at a character shows its bits and what the model expected. The page has at \
      most \(grouped(SurprisalPage.mostCharacters)) characters; the totals count all.
      """, valueName: "file.html"), completion: .file(extensions: ["html"]))
  var html: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Overwrite an existing page.")
  var force = false

  @Option(help: "Number format for the computation: float32, bfloat16 or int8.")
  var precision = SamplingPrecision.float32

  @OptionGroup var processor: ProcessorOptions

  func validate() throws {
    guard (1...2).contains(files.count) else { throw ValidationError("Give a text file, or a model and a text file.") }
    if from < 1 { throw ValidationError("--from must be 1 (the first character) or more, not \(from).") }
    if let length, length < 1 { throw ValidationError("--length must be 1 or more, not \(length).") }
    if html == "-" { throw ValidationError("--html needs the name of a file.") }
  }

  func run() throws {
    var cancelled = false
    try reportingErrors {
      let path = files[files.count - 1]
      let destination = try html.map { try OutputFile(path: $0, force: force, option: "--html", inputs: files) }
      let (checkpoint, modelPath) = try loadModel(files.count == 2 ? files[0] : nil)
      let text = try EvaluationText(
        paths: [path], whole: true, corpora: [], checkpoint: checkpoint, threads: processor.count)
      let count = text.scored.count
      if count < 2 {
        throw Failure("\(path) is too short: it has \(counted(count, "character")), and predicting one needs 2.")
      }
      if from > count {
        throw Failure("\(path) has only \(counted(count, "character")), so --from \(from) is past its end.")
      }
      let range = from - 1..<min(count, length.map { $0 < count ? from - 1 + $0 : count } ?? count)
      Interruption.listen()
      var writer = SurpriseWriter(
        model: checkpoint.model(precision: precision, kernels: try ProcessorOptions.kernels), text: text, range: range,
        modelName: FilePath.name(of: modelPath), threads: processor.count)
      if destination != nil { writer.addPage() }
      if json { writer.form = SurpriseJSON(vocabulary: checkpoint.vocabulary, first: from) }
      if !json && destination == nil { writer.form = SurpriseWriter.formOfOutput }
      cancelled = try !writer.write()
      if !cancelled, let destination {
        try writer.write(page: destination, name: FilePath.name(of: path))
      }
    }
    if cancelled { throw Interruption.exitCode }
  }
}

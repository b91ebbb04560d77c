import ArgumentParser
import CharLSTM
import Insight
import Pages
import REPL

extension CellActivations.Quantity: ExpressibleByArgument {}

struct Atlas: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what each cell of a network responds to in a text, and how its gates work.",
    discussion: """
      The network reads a passage of FILE. If the passage is not at the beginning of the file, the network first reads up to \
      \(Evaluation.warmUp) characters before it. It starts from a zero state. The value of every cell after each character is \
      correlated with features of the text, such as the position in the line, quotation marks and indentation. --html writes a \
      page for browsing: the text coloured by any cell, the cells ranked by feature, and the saturation of the gates (Karpathy, \
      Johnson & Fei-Fei 2015).

      Examples:

        bard atlas poems.txt
        bard atlas poems.safetensors poems.txt --html atlas.html
        bard atlas poems.safetensors poems.txt --from 50000 --length 2000 --json
      """)

  static let mostCharacters = 100_000

  @Argument(
    help: "[MODEL] FILE: an optional model (default: the Shakespeare model), then a text file.",
    completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp("Write a page for browsing the cells to this file.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @Option(help: "Number of characters to look at.")
  var length = TextPassage.defaultLength

  @Option(help: "First character to look at, counted from 0.")
  var from = 0

  @Option(
    help: """
      Value to show for each cell: cell (tanh of the cell state), or hidden (that times the output gate; this is the value \
      that other cells see).
      """)
  var activation = CellActivations.Quantity.cell

  @Option(
    help:
      "Maximum number of cells on the page; those with the highest correlations are kept. (default: all that fit in 8 MB)"
  )
  var cells: Int?

  @Flag(help: "Overwrite an existing page.")
  var force = false

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup var processor: ProcessorOptions

  func validate() throws {
    guard (1...2).contains(files.count) else { throw ValidationError("Give a text file, or a model and a text file.") }
    if !(2...Self.mostCharacters).contains(length) {
      throw ValidationError("--length must be from 2 to \(grouped(Self.mostCharacters)), not \(length).")
    }
    if from < 0 { throw ValidationError("--from must be 0 or more, not \(from).") }
    if let cells, cells < 1 { throw ValidationError("--cells must be 1 or more, not \(cells).") }
    if html == nil && (cells != nil || force) { throw ValidationError("--cells and --force need --html.") }
  }

  func run() throws {
    try reportingErrors {
      let destination = try html.map { try OutputFile(path: $0, force: force, option: "--html", inputs: files) }
      let path = files[files.count - 1]
      let (checkpoint, model) = try loadModel(files.count == 2 ? files[0] : nil)
      let corpus = try Corpus(
        CorpusText(paths: [path]), vocabulary: checkpoint.vocabulary, threads: processor.count)
      let count = corpus.tokens.count
      if from >= count {
        throw Failure(
          "\(path) has only \(counted(count, "character")), numbered from 0, so --from \(from) is past its end.")
      }
      let passage = try TextPassage(
        tokens: corpus.tokens, vocabulary: checkpoint.vocabulary, from: from, length: length)
      let atlas = try CellAtlas(
        checkpoint.model(kernels: ProcessorOptions.kernels), passage: passage, quantity: activation,
        threads: processor.count)
      if let destination {
        try write(atlas, to: destination, source: FilePath.name(of: path), model: FilePath.name(of: model))
      }
      let table = AtlasTable(atlas: atlas, source: path)
      try Terminal.put(lines: json ? [table.json] : table.lines)
    }
  }

  private func write(_ atlas: CellAtlas, to destination: OutputFile, source: String, model: String) throws {
    let page = AtlasPage(atlas, source: source, model: model, mostCells: cells, threads: processor.count)
    try destination.write(page: page.html)
    let total = atlas.activations.cells
    let shown = page.cells.count == total ? "all" : "\(grouped(page.cells.count)) of the"
    Terminal.tell("The page shows \(shown) \(counted(total, "cell")), with \(page.bits) bits per value.")
  }
}

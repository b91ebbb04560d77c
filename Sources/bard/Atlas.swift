import ArgumentParser
import CharLSTM
import REPL

extension CellActivations.Quantity: ExpressibleByArgument {}

struct Atlas: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what each cell of a network follows in a text, and how its gates work.",
    discussion: """
      The network reads a passage of FILE from a zero state, or, where the passage does not begin the file, after the \
      \(Evaluation.warmUp) characters before it. What every cell holds after each character is correlated with features of \
      the text: the position in the line, quotation marks, indentation and others. --html writes a page to browse: the text \
      coloured by any cell, the cells ranked by feature, and the saturation of the gates \
      (Karpathy, Johnson & Fei-Fei 2015).

      Example:

        bard atlas poems.txt
        bard atlas poems.safetensors poems.txt --html atlas.html
        bard atlas poems.safetensors poems.txt --from 50000 --length 2000 --json
      """)

  static let mostCharacters = 100_000

  @Argument(
    help: "[CHECKPOINT] FILE: a model file, the Shakespeare model where it is left out, and the text.",
    completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp("Write a page to browse the cells.", valueName: "file"), completion: .file(extensions: ["html"]))
  var html: String?

  @Option(help: "Characters to look at; fewer where the text ends before.")
  var length = TextPassage.defaultLength

  @Option(help: "The first character to look at; the first of the text is 0.")
  var from = 0

  @Option(
    help: """
      What of a cell is looked at: cell, the tanh of its state; or hidden, that times its output gate, which is what it \
      shows to the others.
      """)
  var activation = CellActivations.Quantity.cell

  @Option(
    help: "Most cells in the page, those that rank highest for any feature. (default: all, or as many as 8 MB hold)")
  var cells: Int?

  @Flag(help: "Overwrite an existing page.")
  var force = false

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup var threads: ThreadOptions

  func validate() throws {
    guard (1...2).contains(files.count) else { throw ValidationError("give [CHECKPOINT] FILE.") }
    if !(2...Self.mostCharacters).contains(length) {
      throw ValidationError("--length must be from 2 to \(Self.mostCharacters), not \(length).")
    }
    if from < 0 { throw ValidationError("--from must be 0 or more, not \(from).") }
    if let cells, cells < 1 { throw ValidationError("--cells must be 1 or more, not \(cells).") }
    if html == nil && (cells != nil || force) { throw ValidationError("--cells and --force are for --html.") }
  }

  func run() throws {
    try inWords {
      if let html, fileExists(html), !force {
        throw Failure("\(html) exists already. Give another --html, or overwrite it with --force.")
      }
      let path = files[files.count - 1]
      let (checkpoint, model) = try loadModel(files.count == 2 ? files[0] : nil)
      let corpus = try Corpus(
        CorpusText(paths: [path]), vocabulary: checkpoint.vocabulary, threads: threads.count)
      let atlas: CellAtlas
      do {
        let passage = try TextPassage(
          tokens: corpus.tokens, vocabulary: checkpoint.vocabulary, from: from, length: length)
        atlas = try CellAtlas(
          checkpoint.model(kernels: chosenKernels()), passage: passage, quantity: activation, threads: threads.count)
      } catch let error as AtlasError {
        throw Failure("\(path): \(error.words)")
      }
      if let html { try write(atlas, to: html, source: fileName(path), model: fileName(model)) }
      let report = AtlasReport(atlas: atlas, source: path)
      print(json ? try report.json : report.table.joined(separator: "\n"))
    }
  }

  private func write(_ atlas: CellAtlas, to path: String, source: String, model: String) throws {
    let page = AtlasPage(atlas, source: source, model: model, mostCells: cells, threads: threads.count)
    let bytes = Array(page.html.utf8)
    try AtomicFile.write(bytes, to: path)
    let total = atlas.activations.cells
    Terminal.tell(
      "\(path): \(page.cells.count == total ? counted(total, "cell") : "\(grouped(page.cells.count)) of \(counted(total, "cell"))"),"
        + " \(page.bits) bits a value, \(fixed(Double(bytes.count) / 1e6, 1)) MB")
  }
}

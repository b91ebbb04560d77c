import CharLSTM
import Pages
import REPL

/// A way to show a text with its surprisal on standard output.
protocol SurpriseForm {
  /// The output before the text.
  var beginning: String { get }
  /// - Returns: the output that is ready to be written.
  mutating func add(
    _ id: Int32, bytes: [UInt8], nats: Double?, likeliest: [SurprisalReader.Candidate]
  ) throws -> String
  /// The remaining output, and the totals.
  mutating func end(_ totals: SurpriseTotals) -> String
}

/// Reads a text and writes it with its surprisal, to standard output and to a page.
struct SurpriseWriter {
  let text: EvaluationText
  let range: Range<Int>
  let modelName: String
  var form: (any SurpriseForm)?
  private var reader: SurprisalReader
  private var page: SurprisalPage?

  init(model: CharacterModel, text: EvaluationText, range: Range<Int>, modelName: String, threads: Int) {
    self.text = text
    self.range = range
    self.modelName = modelName
    reader = SurprisalReader(model: model, candidates: SurprisalReader.shownCandidates, threads: threads)
  }

  /// The coloured form if standard output is a terminal with colours, otherwise rows.
  static var formOfOutput: any SurpriseForm {
    let isTerminal = Terminal.isTerminal(Terminal.standardOutput)
    let style = Style(isTerminal: isTerminal, environment: ProcessInfo.processInfo.environment)
    if style.isColoured { return SurpriseColouredText() }
    return SurpriseRows(width: min(80, Terminal.columns(of: Terminal.standardOutput)))
  }

  mutating func addPage() {
    page = SurprisalPage(vocabulary: reader.model.vocabulary, first: range.lowerBound + 1)
  }

  private var totals: SurpriseTotals {
    var description = text.description
    if range.count < text.scored.count {
      description += ", characters \(grouped(range.lowerBound + 1)) to \(grouped(range.upperBound))"
    }
    return SurpriseTotals(description: description, evaluation: reader.evaluation)
  }

  /// The number of bytes to collect before writing. It is small for a terminal, so that the text appears as it is read.
  private static let (terminalBlock, plainBlock) = (1 << 8, 1 << 16)

  /// - Returns: false if it was interrupted.
  mutating func write() throws -> Bool {
    var source = try SourceCharacters(text.source, tokens: text.scored, vocabulary: reader.model.vocabulary)
    let isTerminal = Terminal.isTerminal(Terminal.standardOutput)
    let block = isTerminal ? Self.terminalBlock : Self.plainBlock
    var pending = form?.beginning ?? ""
    var line = ProgressLine(quiet: false)
    let clock = ContinuousClock()
    let start = clock.now
    defer { line.clear() }
    for position in 0..<range.upperBound {
      if Interruption.isRequested {
        try Terminal.put(Array(pending.utf8))
        return false
      }
      let id = text.scored[position]
      let bytes = source.next(id)
      // no progress line while the text goes to a terminal
      if position < range.lowerBound || form == nil || !isTerminal {
        line.show(share: Double(position) / Double(range.upperBound)) {
          let pace = Double(position) / max(1e-9, (clock.now - start) / .seconds(1))
          return "\(grouped(position)) of \(grouped(range.upperBound)) characters  \(grouped(Int(pace))) chars/s"
            + "  \(duration(Double(range.upperBound - position) / max(1e-9, pace))) left"
        }
      } else if position == range.lowerBound {
        line.clear()
      }
      guard position >= range.lowerBound else {
        reader.skip(id)
        continue
      }
      let nats = reader.read(id)
      page?.add(id, bytes: bytes, nats: nats, likeliest: reader.likeliest)
      pending += try form?.add(id, bytes: bytes, nats: nats, likeliest: reader.likeliest) ?? ""
      if pending.utf8.count >= block {
        // if the reader has gone away, only the page is left to write
        if try !Terminal.put(Array(pending.utf8)) {
          guard page != nil else { return true }
          form = nil
        }
        pending = ""
      }
    }
    line.clear()
    let totals = totals
    pending += form?.end(totals) ?? totals.lines.map { $0 + "\n" }.joined()
    try Terminal.put(Array(pending.utf8))
    return true
  }

  /// Writes the text as a page.
  func write(page destination: OutputFile, name: String) throws {
    guard let page else { return }
    var notes: [String] = []
    if page.count < range.count {
      notes.append(
        "This page shows the first \(grouped(page.count)) of \(counted(range.count, "character")); the totals count all of them."
          + " Use --from and --length of bard surprise to see others.")
    }
    try destination.write(
      page: page.html(
        title: "Surprise in \(name)", subtitle: "\(totals.description); read by \(modelName)", notes: notes,
        totals: totals.rows))
    notes.forEach(Terminal.tell)
  }
}

import CharLSTM
import REPL

/// A text in rows, with a row of bits below each. It is for files, and for terminals without colours.
struct SurpriseRows: SurpriseForm {
  /// The number of columns of a row.
  let width: Int

  private struct Cell {
    let text: String
    let columns: Int
    let figure: String
    let isSpace: Bool
  }

  private var output = MeasuredOutput()
  private var row: [Cell] = []

  init(width: Int) { self.width = width }

  var beginning: String {
    """
    Bits are below each character: . for under half a bit, + for ten or more, - for
    not predicted. ↵ is a line end and → a tab.


    """
  }

  /// The bits, rounded to a whole number, in one column.
  static func figure(nats: Double?) -> String {
    guard let nats else { return "-" }
    let bits = CharLSTM.bits(nats)
    return bits < 0.5 ? "." : bits < 9.5 ? "\(Int(bits.rounded()))" : "+"
  }

  mutating func add(
    _ id: Int32, bytes: [UInt8], nats: Double?, likeliest: [SurprisalReader.Candidate]
  ) -> String {
    show(output.take(bytes, nats: nats))
  }

  mutating func end(_ totals: SurpriseTotals) -> String {
    show(output.finish()) + flush() + totals.lines.map { $0 + "\n" }.joined()
  }

  private mutating func show(_ pieces: [MeasuredText]) -> String {
    var shown = ""
    for piece in pieces { shown += show(piece) }
    return shown
  }

  private mutating func show(_ piece: MeasuredText) -> String {
    let character = VisibleCharacter(utf8: piece.bytes)
    let figure = Self.figure(nats: piece.nats)
    let cell = Cell(
      text: character.text, columns: max(1, character.text.columns), figure: figure, isSpace: character.kind == .space)
    guard character.kind == .lineEnd else { return add(cell) }
    if figure != "." { row.append(cell) }
    return row.isEmpty ? "\n" : flush()
  }

  private mutating func add(_ cell: Cell) -> String {
    var shown = ""
    // two columns are reserved for the line end, which may be shown as ␍↵
    while !row.isEmpty && row.reduce(cell.columns, { $0 + $1.columns }) > width - 2 {
      let end = (row.lastIndex(where: \.isSpace) ?? row.count - 1) + 1
      let rest = Array(row[end...])
      row.removeSubrange(end...)
      shown += flush()
      row = rest
    }
    row.append(cell)
    return shown
  }

  /// The row, its figures and an empty line.
  private mutating func flush() -> String {
    guard !row.isEmpty else { return "" }
    let text = row.map(\.text).joined()
    let figures = row.map { $0.figure.padded(to: $0.columns) }.joined()
    row.removeAll(keepingCapacity: true)
    return [text, figures].map { $0.withoutTrailingSpaces + "\n" }.joined() + "\n"
  }
}

import CharLSTM
import REPL

/// A text that is coloured by its surprisal.
struct SurpriseColouredText: SurpriseForm {
  private var output = MeasuredOutput()
  private var column = 0

  private static let tabStop = 8

  var beginning: String { "" }

  mutating func add(
    _ id: Int32, bytes: [UInt8], nats: Double?, likeliest: [SurprisalReader.Candidate]
  ) -> String {
    show(output.take(bytes, nats: nats))
  }

  /// The legend comes last, because it is then still visible after a long text.
  mutating func end(_ totals: SurpriseTotals) -> String {
    let rest = show(output.finish()) + (column > 0 ? "\n" : "")
    return rest + "\n" + ([SurprisalColours.legend] + totals.lines).map { $0 + "\n" }.joined()
  }

  private mutating func show(_ pieces: [MeasuredText]) -> String {
    var shown = ""
    for piece in pieces { shown += show(piece) }
    return shown
  }

  private mutating func show(_ piece: MeasuredText) -> String {
    let character = VisibleCharacter(utf8: piece.bytes)
    let step = SurprisalScale.step(nats: piece.nats)
    switch character.kind {
    case .lineEnd:
      column = 0
      return (step > 0 ? SurprisalColours.coloured(character.text, step: step) : "") + "\n"
    case .tab:
      let width = Self.tabStop - column % Self.tabStop
      column += width
      let text = (step > 0 ? character.text : " ") + String(repeating: " ", count: width - 1)
      return SurprisalColours.coloured(text, step: step)
    case .mark where step == 0: return String(decoding: piece.bytes, as: UTF8.self)
    case .plain, .space, .mark, .hidden:
      column += character.text.columns
      return SurprisalColours.coloured(character.text, step: step)
    }
  }
}

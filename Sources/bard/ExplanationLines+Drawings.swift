import CharLSTM
import Insight
import REPL

/// The pictures of lanes, minibatches and networks in characters.
extension ExplanationLines {
  private static let nameColumns = 8

  private func name(ofLane lane: Int) -> String { "lane \(lane + 1)".padded(to: Self.nameColumns) }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  /// Every lane with a bar at each beginning of a minibatch, and where it stands in the text.
  var laneLines: [String] {
    let places = (0..<explanation.lanes).map { lane -> String in
      let positions = explanation.minibatches.flatMap { $0.inputs[lane].map(\.position) }
      return "\((positions.first ?? 0) + 1) to \((positions.last ?? 0) + 1)"
    }
    let pieces = explanation.minibatches.count
    let drawn = pieces * (explanation.timeSteps * glyphs.columns + 1) + 1
    let head = "character"
    let hasRoom =
      Self.indent + Self.nameColumns + drawn + 2 + max(head.count, places.map(\.count).max() ?? 0) <= Self.columns
    let rows = (0..<explanation.lanes).map { lane in
      let text = explanation.minibatches.map { "│" + glyphs.text($0.inputs[lane].map(\.id)) }.joined() + "│"
      return indented(
        style.series(lane, name(ofLane: lane) + text) + (hasRoom ? "  " + places[lane] : ""))
    }
    return (hasRoom ? [indented(spaces(Self.nameColumns + drawn + 2) + style.dim(head))] : []) + rows
  }

  /// Two minibatches, a character every second column, with an arrow for what each lane carries over.
  var minibatchLines: [String] {
    let titles = ["minibatch 1", "minibatch 2"]
    let width = max(2 * explanation.timeSteps, titles[0].count)
    func cells(_ minibatch: Int, _ lane: Int) -> String {
      explanation.minibatches[minibatch].inputs[lane].map { glyphs[$0.id].padded(to: 2) }.joined()
    }
    let head = spaces(Self.nameColumns) + titles[0].padded(to: width + 4) + titles[1]
    return [indented(style.dim(head))]
      + (0..<explanation.lanes).map { lane in
        let row = name(ofLane: lane) + cells(0, lane).padded(to: width) + "═\(lane + 1)▶ " + cells(1, lane)
        return indented(style.series(lane, row.withoutTrailingSpaces))
      }
  }

  /// The cases beside each other: drawings first, their properties below.
  func caseLines(_ cases: [NetworkCase]) -> [String] {
    let width = 17
    func row(_ name: String, _ cells: [String], style: (String) -> String = { $0 }) -> String {
      var text = name.padded(to: 9)
      for cell in cells { text += cell.padded(to: width) }
      return indented(style(text.withoutTrailingSpaces))
    }
    var lines = [row("", cases.map(\.name), style: style.bold), row("", cases.map(\.variant), style: style.bold), ""]
    let drawings = cases.map(drawing)
    for line in 0..<5 { lines.append(row("", drawings.map { $0[line] })) }
    lines.append("")
    let properties: [(String, (NetworkCase) -> [String])] = [
      ("input", { [$0.reads.inLetters, $0.reads.inNumbers] }),
      ("output", { [$0.answers.inLetters, $0.answers.inNumbers] }),
      ("targets", { $0.targets.map { [$0.inLetters, $0.inNumbers] } ?? ["none"] }),
      ("state", { narrow($0.state, width: width - 1) }), ("shuffle", { narrow($0.shuffling, width: width) }),
    ]
    for (name, property) in properties {
      let cells = cases.map(property)
      for line in 0..<(cells.map(\.count).max() ?? 0) {
        lines.append(row(line == 0 ? name : "", cells.map { line < $0.count ? $0[line] : "" }))
      }
    }
    return lines
  }

  /// Plain words in lines of a width.
  private func narrow(_ words: String, width: Int) -> [String] {
    words.split(separator: " ").reduce(into: []) { lines, word in
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
  }

  /// Outputs above the steps, inputs below, two columns a step.
  private func drawing(of one: NetworkCase) -> [String] {
    func glyph(_ id: Int32?) -> String { (id.map { glyphs[$0] } ?? "").padded(to: 2) }
    func arrow(_ isThere: Bool) -> String { isThere ? "↑ " : "  " }
    let margin = spaces(2)
    let steps = one.steps
    let readsOwn = { (step: Int) in step + 1 < steps.count && steps[step + 1].input == nil }
    let cells = steps.indices.map { $0 == 0 ? "□" : "→□" }.joined()
    let drawn = [
      margin + steps.map { glyph($0.output) }.joined(),
      margin + steps.indices.map { steps[$0].output == nil ? "  " : readsOwn($0) ? "↑↘" : "↑ " }.joined(),
      (one.stateBefore == .zero ? "0→" : " ⇒") + cells + (one.handsOn ? "⇒" : ""),
      margin + steps.map { arrow($0.input != nil) }.joined(),
      margin + steps.map { glyph($0.input) }.joined(),
    ]
    return drawn.map(\.withoutTrailingSpaces)
  }
}

import CharLSTM
import Insight
import REPL

/// Lanes, minibatches, networks and series, drawn with characters.
extension ExplanationLines {
  private static let nameColumns = 8

  private func name(ofLane lane: Int) -> String { "lane \(lane + 1)".padded(to: Self.nameColumns) }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  /// Every lane with its place in the text and a bar at the beginning of each minibatch.
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

  /// Two minibatches with a character in every second column, and an arrow for the state of each lane.
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

  /// The drawings of networks side by side, a few in a row, with their properties below.
  func pictureLines(_ pictures: [NetworkPicture]) -> [String] {
    let inRow = 3
    return stride(from: 0, to: pictures.count, by: inRow).flatMap { start in
      (start > 0 ? [""] : []) + rowOfPictures(Array(pictures[start..<min(start + inRow, pictures.count)]))
    }
  }

  private func rowOfPictures(_ pictures: [NetworkPicture]) -> [String] {
    let nameColumns = 9
    let width = (Self.columns - Self.indent - nameColumns) / pictures.count
    func row(_ name: String, _ cells: [String], style: (String) -> String = { $0 }) -> String {
      let text = cells.reduce(name.padded(to: nameColumns)) { $0 + $1.padded(to: width) }
      return indented(style(text.withoutTrailingSpaces))
    }
    let drawings = pictures.map(drawing)
    let inputRows = drawings.map(\.inputs.count).max() ?? 0
    var lines = [
      row("", pictures.map(\.name), style: style.bold), row("", pictures.map(\.variant), style: style.bold), "",
      row("", drawings.map(\.outputs), style: style.output), row("", drawings.map(\.arrowsUp)),
      row("", drawings.map(\.boxes), style: style.hidden), row("", drawings.map(\.arrowsIn)),
    ]
    for line in 0..<inputRows {
      lines.append(
        row("", drawings.map { line < $0.inputs.count ? $0.inputs[line] : "" }, style: style.input))
    }
    lines.append("")
    for (index, property) in (pictures.first?.properties ?? []).enumerated() {
      let cells = pictures.map { words($0.properties[index].value, width: width - 1) }
      for line in 0..<(cells.map(\.count).max() ?? 0) {
        lines.append(row(line == 0 ? property.name : "", cells.map { line < $0.count ? $0[line] : "" }))
      }
    }
    return lines
  }

  private func words(_ value: NetworkPicture.Property.Value, width: Int) -> [String] {
    switch value {
    case .words(let words): narrow(words, width: width)
    case .shape(let shape):
      // both shapes share a line if there is room
      shape.inLetters.count + 1 + shape.inNumbers.count <= width
        ? ["\(shape.inLetters) \(shape.inNumbers)"] : [shape.inLetters, shape.inNumbers]
    }
  }

  /// Plain words, wrapped into lines of a width.
  private func narrow(_ words: String, width: Int) -> [String] {
    words.split(separator: " ").reduce(into: []) { lines, word in
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
  }

  /// The lines of a drawing, from top to bottom.
  private struct Lines {
    var outputs: String
    var arrowsUp: String
    var boxes: String
    var arrowsIn: String
    /// One line for each feature.
    var inputs: [String]
  }

  private func drawing(of picture: NetworkPicture) -> Lines {
    let steps = picture.steps
    let labels = steps.flatMap { $0.inputs + [$0.output ?? ""] }
    let width = 1 + max(1, labels.map(\.columns).max() ?? 0)
    func line(_ text: (Int) -> String) -> String {
      spaces(2) + steps.indices.map { text($0).padded(to: width) }.joined()
    }
    let arrow = String(repeating: "─", count: width - 2) + "→"
    let readsNext = { (step: Int) in step + 1 < steps.count && picture.readsOutput(atStep: step + 1) }
    let features = steps.map(\.inputs.count).max() ?? 0
    return Lines(
      outputs: line { steps[$0].output ?? "" },
      arrowsUp: line { steps[$0].output == nil ? "" : readsNext($0) ? "↑↘" : "↑" },
      boxes: (picture.stateBefore == .zero ? "0→" : " ⇒") + steps.map { _ in "□" }.joined(separator: arrow)
        + (picture.handsOn ? "⇒" : ""),
      arrowsIn: line { steps[$0].inputs.isEmpty ? "" : "↑" },
      inputs: (0..<features).map { row in line { row < steps[$0].inputs.count ? steps[$0].inputs[row] : "" } })
  }

  /// A series, with its windows below. Each window is below the numbers that it contains.
  func windowLines(_ windows: SeriesWindows) -> [String] {
    let names = ["series"] + windows.windows.indices.map { "window \($0 + 1)" }
    let nameColumns = (names.map(\.count).max() ?? 0) + 1
    let width = (windows.series.joined().map { "(\($0))".count }.max() ?? 0) + 1
    func cell(_ text: String) -> String { spaces(width - text.count) + text }
    // a target is in brackets, so all other cells end one column earlier
    func row(_ name: String, _ cells: String) -> String { indented(name.padded(to: nameColumns) + cells) }
    let head = windows.series[0].map { cell("\($0) ") }.joined().withoutTrailingSpaces
    return [row(names[0], head)]
      + zip(names.dropFirst(), windows.windows).map { name, window in
        let read = window.inputs.map { cell("\($0[0]) ") }.joined()
        return row(
          name, spaces(window.start * width) + style.input(read) + style.output(cell("(\(window.target))")))
      }
  }

  /// The first windows of each stride, with the state that each passes to the next.
  func readingLines(_ readings: [SeriesWindows]) -> [String] {
    let shown = 4
    return readings.map { windows in
      let pieces = windows.windows.prefix(shown).map { window in
        style.input(window.inputs.map { "\($0[0])" }.joined(separator: " "))
      }
      let end = windows.windows.count > shown ? " ⇒ …" : " ⇒ the epoch ends"
      return indented("stride \(windows.stride)  0→ " + pieces.joined(separator: " ⇒ ") + end)
    }
  }
}

/// The colours of Karpathy's pictures (2015): inputs red, hidden state green, outputs blue.
extension Style {
  func input(_ text: String) -> String { text.isEmpty ? "" : series(5, text) }
  func hidden(_ text: String) -> String { text.isEmpty ? "" : series(3, text) }
  func output(_ text: String) -> String { text.isEmpty ? "" : series(4, text) }
}

import CharLSTM
import Insight
import REPL

/// An explanation as lines for a terminal, each of at most 80 columns.
struct ExplanationLines {
  let explanation: Explanation
  let style: Style
  let glyphs: CharacterGlyphs

  static let columns = 80
  /// The indent of text, in columns. The section number stands in this space.
  static let indent = 3

  init(_ explanation: Explanation, style: Style) {
    self.explanation = explanation
    self.style = style
    glyphs = explanation.glyphs
  }

  var lines: [String] {
    var lines = [style.bold(Explanation.title), ""]
    for phrase in explanation.introduction { lines += wrapped(phrase, indent: 0) }
    for (index, section) in explanation.sections.enumerated() {
      lines += ["", "\(index + 1)".padded(to: Self.indent) + section.title].map(style.bold)
      var before: ExplanationBlock?
      for block in section.blocks {
        lines += (Self.areTogether(before, block) ? [] : [""]) + self.lines(of: block)
        before = block
      }
    }
    return lines
  }

  /// Whether there is no empty line between two blocks.
  private static func areTogether(_ first: ExplanationBlock?, _ second: ExplanationBlock) -> Bool {
    switch (first, second) {
    case (.item, .item), (.heading, .code): true
    default: false
    }
  }

  func lines(of block: ExplanationBlock) -> [String] {
    switch block {
    case .paragraph(let phrase), .legend(terminal: let phrase, page: _): wrapped(phrase, indent: Self.indent)
    case .heading(let phrase): wrapped(phrase, indent: Self.indent).map(style.bold)
    case .formula(let text): [indented(text, by: 2 * Self.indent)]
    case .item(let name, let phrase): item(name, phrase)
    case .grid(let rows): grid(rows)
    case .table(let head, let rows): table(head, rows)
    case .lanes: laneLines
    case .minibatches: minibatchLines
    case .checks(let checks): checks.flatMap(check)
    case .pictures(let pictures): pictureLines(pictures)
    case .windows(let windows): windowLines(windows)
    case .readings(let readings): readingLines(readings)
    case .code(let title, let lines):
      [indented(style.dim("# \(title)"), by: Self.indent)] + lines.map { indented($0, by: Self.indent) }
    }
  }

  func indented(_ text: String, by columns: Int = indent) -> String {
    text.isEmpty ? "" : String(repeating: " ", count: columns) + text
  }

  private func item(_ name: String, _ phrase: ExplanationPhrase) -> [String] {
    let column = Self.indent + max(8, name.columns + 2)
    var lines = wrapped(phrase, indent: column)
    if let first = lines.first {
      lines[0] = indented(style.bold(name.padded(to: column - Self.indent))) + first.dropFirst(column)
    }
    return lines
  }

  private func check(_ check: ExplanationCheck) -> [String] {
    wrapped("\(check.holds ? "checked" : "FAILED"): " + check.words, indent: Self.indent, hanging: 9)
  }

  private func grid(_ rows: [ExplanationGridRow]) -> [String] {
    let nameColumns = (rows.map(\.name.columns).max() ?? 0) + 1
    let width = (rows.flatMap(\.cells).map(\.columns).max() ?? 0) + 2
    return rows.compactMap { row in
      guard !row.cells.isEmpty else { return nil }
      var text = ""
      if row.place == .gaps {
        let before = (width - 2) / 2
        text = String(repeating: " ", count: width)
        text += row.cells.map {
          String(repeating: " ", count: before) + $0.padded(to: width - before)
        }.joined()
      } else {
        text = row.cells.map { String(repeating: " ", count: width - $0.columns) + $0 }.joined()
      }
      if row.goesOn { text += " …" }
      text = text.withoutTrailingSpaces
      if let lane = row.lane { text = style.series(lane, text) }
      return indented(row.name.padded(to: nameColumns) + text)
    }
  }

  private func table(_ head: [String], _ rows: [[ExplanationPhrase]]) -> [String] {
    let all = (head.isEmpty ? [] : [head]) + rows.map { $0.map(\.plain) }
    let widths = (all.first ?? []).indices.map { column in (all.map { $0[column].columns }.max() ?? 0) + 2 }
    func line(_ cells: [(plain: String, styled: String)]) -> String {
      var text = ""
      for (cell, width) in zip(cells, widths) {
        text += cell.styled + String(repeating: " ", count: width - cell.plain.columns)
      }
      return indented(text.withoutTrailingSpaces)
    }
    let first = head.isEmpty ? [] : [line(head.map { ($0, style.dim($0)) })]
    return first + rows.map { row in line(row.map { ($0.plain, styled($0)) }) }
  }
}

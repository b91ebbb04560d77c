import CharLSTM
import Insight

/// The explanation that `bard explain` prints, as a page with drawings.
public struct ExplanationPage: Sendable {
  private let explanation: Explanation
  private let glyphs: CharacterGlyphs

  /// Shows the same sections as the terminal, with drawings of lanes and networks.
  public init(_ explanation: Explanation) {
    self.explanation = explanation
    glyphs = explanation.glyphs
  }

  /// The whole document.
  public var html: String {
    let introduction = explanation.introduction.map { "<p>\(inline($0))</p>" }
    let sections = explanation.sections.enumerated().map { index, section in
      "<section>\n<h2>\(index + 1). \(section.title.htmlEscaped)</h2>\n\(self.html(of: section.blocks))\n</section>"
    }
    return HTMLPage(
      title: Explanation.title, body: (introduction + sections).joined(separator: "\n"),
      style: PageAsset.explanationStyle
    ).html
  }

  /// Joins consecutive items into one list, and places consecutive blocks of code side by side.
  private func html(of blocks: [ExplanationBlock]) -> String {
    var parts: [String] = []
    var rest = blocks[...]
    while let block = rest.popFirst() {
      var elements = [self.html(of: block)]
      while let next = rest.first, let element = Self.container(of: block), element == Self.container(of: next) {
        elements.append(self.html(of: next))
        rest.removeFirst()
      }
      let inner = elements.joined(separator: "\n")
      parts.append(Self.container(of: block).map { "<\($0.open)>\n\(inner)\n</\($0.close)>" } ?? inner)
    }
    return parts.joined(separator: "\n")
  }

  private struct Container: Equatable {
    let open: String
    let close: String
  }

  private static func container(of block: ExplanationBlock) -> Container? {
    switch block {
    case .item: Container(open: "dl class=\"items\"", close: "dl")
    case .code: Container(open: "div class=\"codes\"", close: "div")
    default: nil
    }
  }

  private func html(of block: ExplanationBlock) -> String {
    switch block {
    case .paragraph(let phrase), .legend(terminal: _, page: let phrase): "<p>\(inline(phrase))</p>"
    case .heading(let phrase): "<h3>\(inline(phrase))</h3>"
    case .formula(let text): formula(text)
    case .item(let name, let phrase): "<dt>\(name.htmlEscaped)</dt><dd>\(inline(phrase))</dd>"
    case .grid(let rows): grid(rows)
    case .table(let head, let rows): table(head, rows)
    case .lanes: figure(LaneDrawing(explanation: explanation, glyphs: glyphs).cut) + seams
    case .minibatches: figure(LaneDrawing(explanation: explanation, glyphs: glyphs).minibatches)
    case .checks(let checks): self.checks(checks)
    case .pictures(let pictures): "<div class=\"cases\">\n\(pictures.map(card).joined(separator: "\n"))\n</div>"
    case .windows(let windows): self.windows(windows)
    case .readings(let readings): figure(SeriesDrawing(readings: readings).drawing)
    case .code(let title, let lines):
      "<div><p class=\"quiet\">\(title.htmlEscaped)</p><pre>\(lines.joined(separator: "\n").htmlEscaped)</pre></div>"
    }
  }

  /// - Parameter keepsEquations: whether "T = 8" stays on one line, as in the terminal.
  private func inline(_ phrase: ExplanationPhrase, keepsEquations: Bool = true) -> String {
    phrase.runs.map { run in
      let text = run.string.htmlEscaped
      return switch run.kind {
      case .plain: keepsEquations ? text.replacing(" = ", with: "\u{A0}=\u{A0}") : text
      case .term: "<strong>\(text)</strong>"
      case .code: "<code>\(text)</code>"
      case .text(nil): "<span class=\"piece\">\(text)</span>"
      case .text(.some(let lane)): "<span class=\"piece lane-\(lane + 1)\">\(text)</span>"
      }
    }.joined()
  }

  /// An equation may continue on the next line after "=", but its parts are never broken.
  private func formula(_ text: String) -> String {
    let parts = text.split(separator: " = ").map { "<span class=\"whole\">\(String($0).htmlEscaped)</span>" }
    return "<p class=\"formula\"><code>\(parts.joined(separator: " = "))</code></p>"
  }

  /// What the dotted lines between the lanes are.
  private var seams: String {
    guard explanation.lanes > 1 else { return "" }
    return
      "\n<p class=\"drawn\">The dotted lines below the bar show which part of the text lane 1 is. The others lead from the"
      + " end of each lane to the beginning of the next, where the text continues.</p>"
  }

  private func scrolling(_ html: String, _ what: String) -> String {
    "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"\(what)\">\(html)</div>"
  }

  private func figure(_ drawing: Drawing) -> String { scrolling(drawing.svg, "drawing") }

  private func grid(_ rows: [ExplanationGridRow]) -> String {
    // columns in the table are too narrow for the strokes that separate columns in the terminal
    let lines = rows.filter { $0.place == .columns }.map { row in
      let attribute = row.lane.map { " class=\"lane-\($0 + 1)\"" } ?? ""
      return "<tr\(attribute)><th scope=\"row\">\(row.name.htmlEscaped)</th>"
        + row.cells.map { "<td>\($0.htmlEscaped)</td>" }.joined() + (row.goesOn ? "<td>…</td>" : "") + "</tr>"
    }
    return scrolling("<table class=\"grid\">\n\(lines.joined(separator: "\n"))\n</table>", "table")
  }

  private func table(_ head: [String], _ rows: [[ExplanationPhrase]]) -> String {
    let first =
      head.isEmpty
      ? "" : "<tr>\(head.map { $0.isEmpty ? "<td></td>" : "<th scope=\"col\">\($0.htmlEscaped)</th>" }.joined())</tr>\n"
    let lines = rows.map { "<tr>\($0.map { "<td>\(inline($0, keepsEquations: false))</td>" }.joined())</tr>" }
    return scrolling("<table>\n\(first)\(lines.joined(separator: "\n"))\n</table>", "table")
  }

  private func checks(_ checks: [ExplanationCheck]) -> String {
    let lines = checks.map { "<li><strong>\($0.holds ? "checked" : "FAILED")</strong>: \(inline($0.words))</li>" }
    return "<ul>\n\(lines.joined(separator: "\n"))\n</ul>"
  }

  private func windows(_ windows: SeriesWindows) -> String {
    func row(_ name: String, _ cells: [String]) -> String {
      "<tr><th scope=\"row\">\(name)</th>\(cells.joined())</tr>"
    }
    let lines = windows.windows.enumerated().map { index, window in
      row(
        "window \(index + 1)",
        [String](repeating: "<td></td>", count: window.start)
          + window.inputs.map { "<td class=\"box input\">\($0[0])</td>" }
          + ["<td class=\"box output\">(\(window.target))</td>"])
    }
    let all = [row("series", windows.series[0].map { "<td>\($0)</td>" })] + lines
    return scrolling("<table class=\"grid windows\">\n\(all.joined(separator: "\n"))\n</table>", "table")
  }

  private func card(_ picture: NetworkPicture) -> String {
    let rows = picture.properties.map { property in
      let value =
        switch property.value {
        case .words(let words): words.htmlEscaped
        case .shape(let shape): "<code>\(shape.inLetters)</code> <code>\(shape.inNumbers)</code>"
        }
      return "<dt>\(property.name)</dt><dd>\(value)</dd>"
    }
    return """
      <div class="card">
      <h3>\(picture.name.htmlEscaped)<br><span class="quiet">\(picture.variant.htmlEscaped)</span></h3>
      \(NetworkDrawing(picture: picture).drawing.svg)
      <dl>\(rows.joined())</dl>
      </div>
      """
  }
}

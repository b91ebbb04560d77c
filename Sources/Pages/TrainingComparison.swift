import CharLSTM

/// A page that overlays the curves of several training runs.
public struct TrainingComparison: Sendable {
  /// The names of the runs, in the order of their colours.
  public private(set) var names: [String] = []
  private var histories: [TrainingHistory] = []

  /// A page without runs.
  public init() {}

  /// Adds a run, which gets the next colour. `name` is plain text.
  public mutating func add(_ history: TrainingHistory, name: String) {
    names.append(name)
    histories.append(history)
  }

  /// The whole document.
  public var html: String {
    let runs = zip(names, histories).map { TrainingCharts.Run(name: $0, history: $1) }
    var page = HTMLPage(title: names.count == 1 ? "A training run" : "\(names.count) training runs")
    page.body = table + "\n" + TrainingCharts(runs: runs).html
    page.style = TrainingCharts.style(scope: "page", styles: max(2, runs.count))
    page.body = "<div class=\"page\">\n\(page.body)\n</div>"
    page.script = PageAsset.lineChartScript
    return page.html
  }

  private var table: String {
    let heads = [
      "run", "steps", "epochs", "minutes", "training loss", "validation loss", "bits", "lowest", "bits", "at step",
      "characters/s",
    ]
    let head = heads.enumerated().map { "<th\($0 == 0 ? "" : " class=\"number\"")>\($1)</th>" }.joined()
    let rows = zip(names, histories).enumerated().map { style, run -> String in
      let (name, history) = run
      func loss(_ loss: Double?) -> [String] {
        loss.map { [fixed($0, 4), fixed(bits($0), 4)] } ?? ["-", "-"]
      }
      let best = history.bestValidation
      let cells =
        [grouped(history.step), fixed(history.epoch, 2), fixed(history.seconds / 60, 1)]
        + [history.trainingLoss().map { fixed($0, 4) } ?? "-"] + loss(history.validations.last?.loss)
        + loss(best?.loss) + [best.map { grouped($0.step) } ?? "-"]
        + [history.charactersPerSecond.map { grouped($0) } ?? "-"]
      return "<tr><td>\(LineChart.hidingSwitch(name, style: style))</td>"
        + cells.map { "<td class=\"number\">\($0)</td>" }.joined() + "</tr>"
    }
    return """
      <div class="scroll runs"><table>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>
      """
  }
}

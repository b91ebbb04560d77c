import CharLSTM
import Insight

/// The curves of training runs, over steps and over minutes.
struct TrainingCharts: Sendable {
  struct Run: Sendable {
    var name: String
    var history: TrainingHistory
  }

  /// The runs. For a single run, training and validation loss share a chart. Several runs have one colour each.
  var runs: [Run]

  /// The quantity on the x axis.
  private enum Across: String, CaseIterable {
    case steps, minutes

    func place(step: Int, seconds: Double) -> Double {
      switch self {
      case .steps: Double(step)
      case .minutes: seconds / 60
      }
    }
  }

  /// HTML with a switch between the two x axes. The switch works without a script.
  var html: String {
    let switches = Across.allCases.map { across in
      """
      <input type="radio" name="across" id="across-\(across)"\(across == .steps ? " checked" : "")>\
      <label for="across-\(across)">over \(across)</label>

      """
    }
    return """
      <div class="curves">
      \(switches.joined())<div class="charts">
      \(losses)
      <div class="small">
      \(rates)
      </div>
      </div>
      </div>
      """
  }

  /// CSS of a page with these charts; `styles` curves can be hidden.
  static func style(scope: String, styles: Int) -> String {
    PageAsset.trainingStyle + PageAsset.lineChartStyle + LineChart.hidingStyle(scope: scope, styles: styles)
  }

  // MARK: Figures

  private var losses: String {
    guard runs.count == 1, let run = runs.first else {
      return lossFigure("Validation loss per character") { run, style, across in [validation(run, style, across)] }
        + lossFigure("Training loss per character", note: trainingPoints) { run, style, across in
          [training(run, style, across)]
        }
    }
    return lossFigure("Loss per character", switches: ["training", "validation"], note: trainingPoints) {
      _, _, across in
      var (first, second) = (training(run, 0, across), validation(run, 1, across))
      (first.name, second.name) = ("training", "validation")
      return [first, second]
    }
  }

  private var rates: String {
    figure("Learning rate") { $0.learningRate }
      + figure("Gradient norm, before clipping", scale: isSpread { $0.gradientNorm } ? .logarithmic : .linear) {
        $0.gradientNorm
      }
      + figure("Speed", unit: "characters/s") { $0.charactersPerSecond }
  }

  private typealias Curves = (_ run: Run, _ style: Int, _ across: Across) -> [LineChart.Curve]

  /// A chart of losses, with one axis in nats and one in bits. It shows the whole curves. Only if the losses at the start
  /// of a run are so high that the rest would look flat, the axis leaves out values that occur only at the start.
  private func lossFigure(
    _ title: String, switches: [String] = [], note: String = "", curves: Curves
  ) -> String {
    let all = runs.indices.flatMap { curves(runs[$0], $0, .steps).flatMap(\.points).compactMap(\.y) }
    let shown = runs.indices.flatMap { index -> [Double] in
      let history = runs[index].history
      let start = history.intervals.count < 40 ? 0 : history.stepsBefore + (history.step - history.stepsBefore) / 20
      return curves(runs[index], index, .steps).flatMap { curve in
        curve.points.filter { $0.x > Double(start) }.compactMap(\.y)
      }
    }
    let highest = all.max() ?? 0
    let isFlat = highest > 3 * (shown.max() ?? .infinity)
    let y = ChartAxis("nats", values: isFlat ? shown : all, padding: 0.04)
    let beginning =
      highest > y.domain.upperBound ? "The curve begins above the chart, at \(fixed(highest, 4)) nats." : ""
    return figure(
      title, y: y, right: LineChart.Unit(title: "bits", factor: bits(1)), isTall: true,
      switches: switches,
      note: [beginning, note].filter { !$0.isEmpty }.joined(separator: " "), curves: curves)
  }

  /// What a point of a training curve is. The training loss among the figures is a mean of more minibatches.
  private var trainingPoints: String {
    let steps = runs.flatMap { $0.history.intervals.map(\.steps) }.max() ?? 0
    return steps > 0
      ? "Each point of a training curve is \(steps == 1 ? "one minibatch" : "the mean of up to \(grouped(steps)) minibatches")."
      : ""
  }

  /// A chart of one value of the intervals.
  private func figure(
    _ title: String, unit: String = "", scale: ChartAxis.Scale = .linear,
    value: (TrainingHistory.Interval) -> Double?
  ) -> String {
    let values = runs.flatMap { $0.history.intervals.compactMap(value) }
    let y = ChartAxis(unit, values: values, scale: scale, padding: 0.04, fromZero: true)
    return figure(title, y: y) { run, style, across in [curve(run, style, across, value)] }
  }

  private func figure(
    _ title: String, y: ChartAxis, right: LineChart.Unit? = nil, isTall: Bool = false, switches: [String] = [],
    note: String = "", curves: Curves
  ) -> String {
    let plots = Across.allCases.map { across in
      let ends = runs.flatMap { run -> [Double] in
        let history = run.history
        // if the beginning of a run is unknown, the axis begins with the first interval that is known
        let start = history.stepsBefore == 0 ? 0 : history.intervals.first.map { place($0, across) } ?? 0
        return [start, across.place(step: history.step, seconds: history.seconds)]
      }
      let chart = LineChart(
        title: title, x: ChartAxis("\(across)", values: ends), y: y, right: right,
        curves: runs.indices.flatMap { curves(runs[$0], $0, across) })
      return "<div class=\"by-\(across)\">\n\(chart.html)\n</div>"
    }
    let legend = switches.enumerated().map { LineChart.hidingSwitch($1, style: $0) }.joined()
    return """
      <figure class="chart\(isTall ? " tall" : "")"><figcaption>\(title.htmlEscaped)</figcaption>
      \(legend.isEmpty ? "" : "<div class=\"legend\">\(legend)</div>\n")\(plots.joined(separator: "\n"))
      \(note.isEmpty ? "" : "<p class=\"note\">\(note.htmlEscaped)</p>\n")</figure>

      """
  }

  // MARK: Curves

  private func place(_ interval: TrainingHistory.Interval, _ across: Across) -> Double {
    across.place(step: interval.lastStep, seconds: interval.seconds)
  }

  private func curve(
    _ run: Run, _ style: Int, _ across: Across, _ value: (TrainingHistory.Interval) -> Double?
  ) -> LineChart.Curve {
    LineChart.Curve(
      name: run.name, style: style,
      points: run.history.intervals.map { LineChart.Point(place($0, across), value($0)) })
  }

  private func training(_ run: Run, _ style: Int, _ across: Across) -> LineChart.Curve {
    curve(run, style, across) { $0.loss }
  }

  private func validation(_ run: Run, _ style: Int, _ across: Across) -> LineChart.Curve {
    let points = run.history.validations.map {
      LineChart.Point(across.place(step: $0.step, seconds: $0.seconds), $0.loss)
    }
    // dots that touch each other only hide the curve
    return LineChart.Curve(name: run.name, style: style, points: points, isDotted: points.count <= 60)
  }

  /// Whether the values differ so much that a linear axis would show only the largest.
  private func isSpread(_ value: (TrainingHistory.Interval) -> Double) -> Bool {
    let values = runs.flatMap { $0.history.intervals.map(value) }.filter { $0 > 0 }
    guard let low = values.min(), let high = values.max() else { return false }
    return high > 30 * low
  }
}

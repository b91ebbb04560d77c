import CharLSTM
import Insight

/// The page of a comparison of training regimes: the losses of each, how they change during training, and the loss
/// by the number of characters read since the state was zero.
public struct RegimesPage: Sendable {
  /// One result for each regime, in the order of the colours.
  public var results: [RegimeComparison.Result]
  /// T: the number of characters in a window.
  public var timeSteps: Int
  /// The network and the text, in words.
  public var subtitle: String

  /// Makes a page from results that share one text and one T.
  ///
  /// - Parameters:
  ///   - results: one for each regime, in the order of the colours.
  ///   - timeSteps: T, the number of characters in a window.
  ///   - subtitle: the network and the text, as plain text.
  public init(results: [RegimeComparison.Result], timeSteps: Int, subtitle: String) {
    self.results = results
    self.timeSteps = timeSteps
    self.subtitle = subtitle
  }

  /// The whole document.
  public var html: String {
    var page = HTMLPage(title: "Four ways to train on a text", subtitle: subtitle)
    page.style =
      PageAsset.regimesStyle + PageAsset.lineChartStyle + LineChart.hidingStyle(scope: "page", styles: results.count)
    page.script = PageAsset.lineChartScript
    page.body = """
      <div class="page">
      \(table)
      \(figure(losses))
      \(figure(positions))
      <h2>What was compared</h2>
      <dl>
      \(TrainingRegime.allCases.map { "<dt>\($0.rawValue)</dt><dd>\($0.explanation)</dd>" }.joined(separator: "\n"))
      </dl>
      </div>
      """
    return page.html
  }

  private var table: String {
    let heads =
      ["regime", "carried", "zeroed every \(timeSteps)"] + LossByPosition.ranges.map { "after \(Self.name($0))" }
      + ["epochs", "training predictions"]
    let head = heads.enumerated().map { "<th\($0 == 0 ? "" : " class=\"number\"")>\($1)</th>" }.joined()
    let rows = results.enumerated().map { style, result -> String in
      let cells =
        [fixed(result.validationLoss, 4), result.windowLoss.map { fixed($0, 4) } ?? "-"]
        + LossByPosition.ranges.map { range in result.lossByPosition?.mean(range).map { fixed($0, 4) } ?? "-" }
        + [fixed(result.epochs, 2), grouped(result.predictions)]
      return "<tr><td>\(LineChart.hidingSwitch(result.regime.rawValue, style: style))</td>"
        + cells.map { "<td class=\"number\">\($0)</td>" }.joined() + "</tr>"
    }
    return """
      <p>Validation loss in nats per character: with the state carried through the whole text, with the state zeroed every \
      \(timeSteps) characters, and by the number of characters read since the state was zero.</p>
      <div class="scroll"><table>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>
      """
  }

  /// A range in words, such as "5 to 16".
  private static func name(_ range: ClosedRange<Int>) -> String {
    range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }

  private func figure(_ chart: LineChart) -> String {
    """
    <figure class="chart tall"><figcaption>\(chart.title.htmlEscaped)</figcaption>
    \(chart.html)
    </figure>
    """
  }

  private var losses: LineChart {
    let curves = results.enumerated().map { style, result in
      LineChart.Curve(
        name: result.regime.rawValue, style: style,
        points: result.points.map { LineChart.Point($0.seconds / 60, $0.validationLoss) }, isDotted: true)
    }
    return LineChart(
      title: "Validation loss during training, with the state carried",
      x: ChartAxis("minutes", values: [0] + curves.flatMap { $0.points.map(\.x) }),
      y: ChartAxis("nats per character", values: curves.flatMap { $0.points.compactMap(\.y) }, padding: 0.04),
      right: LineChart.Unit(title: "bits per character", factor: bits(1)), curves: curves)
  }

  private var positions: LineChart {
    let curves = results.enumerated().map { style, result in
      LineChart.Curve(name: result.regime.rawValue, style: style, points: Self.smoothed(result.lossByPosition))
    }
    return LineChart(
      title: "Loss by the number of characters read since the state was zero",
      x: ChartAxis("characters read", values: curves.flatMap { $0.points.map(\.x) }, scale: .logarithmic),
      y: ChartAxis("nats per character", values: curves.flatMap { $0.points.compactMap(\.y) }, padding: 0.04),
      right: LineChart.Unit(title: "bits per character", factor: bits(1)), curves: curves)
  }

  /// Means over ranges that grow with the position, because the loss at a single distant position is mostly chance.
  /// Each range begins where the previous one ended, and is about an eighth of its first position long.
  private static func smoothed(_ losses: LossByPosition?) -> [LineChart.Point] {
    guard let losses else { return [] }
    var points: [LineChart.Point] = []
    var first = 1
    while first <= losses.natsPerCharacter.count {
      let last = min(losses.natsPerCharacter.count, first + first / 8)
      points.append(LineChart.Point(Double(first + last) / 2, losses.mean(first...last)))
      first = last + 1
    }
    return points
  }
}

extension TrainingRegime {
  /// A description of the regime.
  fileprivate var explanation: String {
    switch self {
    case .manyToOne:
      "Windows from anywhere in the text, in random order; each starts from a zero state. The network predicts only the"
        + " character after the end of each window (return_sequences=False)."
    case .shuffled:
      "The same windows, but the network predicts after every character (return_sequences=True with a TimeDistributed"
        + " softmax)."
    case .reset: "Windows in text order; each still starts from a zero state (stateful=False, shuffle=False)."
    case .stateful:
      "Windows in text order; each starts from the state its lane had at the end of the previous one (stateful=True)."
    }
  }
}

import CharLSTM
import Insight

/// Curves over two axes, as HTML that shows them without a script.
///
/// The curves are an SVG that is stretched to the available room; the strokes keep their width. Titles and labels are
/// text of the page, so they have the same size on a phone and on a desktop. The page must include
/// `line-chart.css`. It may include `line-chart.js`, which shows the values under the pointer.
struct LineChart: Sendable {
  struct Point: Sendable, Equatable {
    var x: Double
    /// The height; nil makes a gap in the curve. A value that is not finite, or has no place on a logarithmic axis,
    /// also makes a gap.
    var y: Double?

    init(_ x: Double, _ y: Double?) {
      self.x = x
      self.y = y
    }
  }

  struct Curve: Sendable {
    var name: String
    /// Selects the colour and the dashes. Curves of the same style in several charts of a page are hidden and shown
    /// together.
    var style: Int
    /// The points in ascending order of x.
    var points: [Point]
    /// Whether every point has a dot. A point without neighbours always has one.
    var isDotted = false
  }

  /// A second unit for the y axis. A value in this unit is `factor` times the value on the axis.
  struct Unit: Sendable {
    var title: String
    var factor: Double
  }

  var title: String
  var x: ChartAxis
  var y: ChartAxis
  /// The unit of the ticks on the right-hand side.
  var right: Unit?
  var curves: [Curve]

  /// The number of SVG units along each side.
  static let side = 1000.0

  /// The chart, an element of the class `plot`.
  var html: String {
    let ticks =
      marks(y, "left", from: "top")
      + (right.map { marks(y.inUnit($0.title, factor: $0.factor), "right", from: "top") } ?? "")
      + marks(x, "below", from: "left")
    return """
      <div class="plot\(right == nil ? "" : " two")">
      <div class="units" aria-hidden="true"><span>\(y.title.htmlEscaped)</span>\
      <span>\((right?.title ?? "").htmlEscaped)</span></div>
      <div class="area" role="img" tabindex="0" aria-label="\(description.htmlEscaped)">
      \(svg)
      \(ticks)
      </div>
      <div class="x-title" aria-hidden="true">\(x.title.htmlEscaped)</div>
      <script type="application/json">\(values)</script>
      </div>
      """
  }

  /// The grid and the curves, without text.
  var svg: String {
    let grid =
      y.ticks().compactMap { place($0.value, y) }.map { "M0 \(Self.number(Self.side - $0))H1000" }
      + x.ticks().compactMap { place($0.value, x) }.map { "M\(Self.number($0)) 0V1000" }
    var parts = ["<path class=\"grid\" d=\"\(grid.joined())\"/>"]
    for curve in curves {
      let (line, dots) = paths(of: curve)
      for (kind, path) in [("line", line), ("dots", dots)] where !path.isEmpty {
        parts.append(
          "<path class=\"\(kind) curve-\(curve.style)\" style=\"\(Self.stroke(curve.style))\" d=\"\(path)\"/>")
      }
    }
    return "<svg viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\(parts.joined())</svg>"
  }

  /// Paths of lines between neighbouring points, and of dots. A dot is a line of length 0, which stays round when
  /// stretched.
  func paths(of curve: Curve) -> (line: String, dots: String) {
    var (line, dots) = ("", "")
    let places = curve.points.map { point -> String? in
      guard let across = place(point.x, x), let up = point.y.flatMap({ place($0, y) }) else { return nil }
      return "\(Self.number(across)) \(Self.number(Self.side - up))"
    }
    for run in places.split(whereSeparator: { $0 == nil }).map({ $0.compactMap(\.self) }) {
      if run.count > 1 { line += "M" + run.joined(separator: "L") }
      if run.count == 1 || curve.isDotted { dots += run.map { "M\($0)h0" }.joined() }
    }
    return (line, dots)
  }

  /// The position of a value in SVG units. Distant values are clamped, so that browsers can still compute with them.
  private func place(_ value: Double, _ axis: ChartAxis) -> Double? {
    axis.position(value).map { Self.side * min(1000, max(-1000, $0)) }
  }

  /// A number rounded to a tenth of a unit.
  private static func number(_ value: Double) -> String { significant((10 * value).rounded() / 10) }

  private static let dashes = ["none", "7 4", "2 3", "11 3 2 3", "14 5", "5 2 1 2"]

  /// There are six colours, each with its own dashes. The next six styles repeat the colours with other dashes.
  static func stroke(_ style: Int) -> String {
    "stroke:var(--series-\(style % 6 + 1));stroke-dasharray:\(dashes[(style + style / 6) % 6])"
  }

  private func marks(_ axis: ChartAxis, _ kind: String, from side: String) -> String {
    axis.ticks().compactMap { tick in
      axis.position(tick.value).map { share in
        let percent = Self.number(100 * (side == "top" ? 1 - share : share))
        return "<span class=\"tick \(kind)\" style=\"\(side):\(percent)%\">\(tick.label.htmlEscaped)</span>"
      }
    }.joined()
  }

  /// The points that have a position. They may be outside the drawing.
  func shownPoints(of curve: Curve) -> [(x: Double, y: Double)] {
    curve.points.compactMap { point in
      guard let height = point.y, y.position(height) != nil, x.position(point.x) != nil else { return nil }
      return (point.x, height)
    }
  }

  /// A description of the chart, for people who cannot see the curves.
  var description: String {
    func words(_ value: Double) -> String { significant(Self.rounded(value)) }
    let curves = curves.compactMap { curve -> String? in
      let shown = shownPoints(of: curve)
      guard let last = shown.last, let lowest = shown.map(\.y).min(), let highest = shown.map(\.y).max() else {
        return nil
      }
      return "\(curve.name): \(words(last.y)) at \(words(last.x)), lowest \(words(lowest)), highest \(words(highest))"
    }
    return "\(title), \(y.title) over \(x.title). \(curves.joined(separator: ". "))."
  }
}

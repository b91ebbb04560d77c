import Foundation
import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct LineChartTests {
  private typealias Point = LineChart.Point

  /// A chart with x from 0 to 10 and y from 0 to 4.
  private func chart(_ curves: LineChart.Curve...) -> LineChart {
    LineChart(
      title: "Loss & more", x: ChartAxis("steps", values: [0, 10]), y: ChartAxis("nats", values: [0, 4]), right: nil,
      curves: curves)
  }

  private func curve(_ points: [Point], style: Int = 0, isDotted: Bool = false) -> LineChart.Curve {
    LineChart.Curve(name: "a <b>", style: style, points: points, isDotted: isDotted)
  }

  @Test func pointsAreWhereTheyBelong() {
    let paths = chart().paths(of: curve([Point(0, 4), Point(5, 1), Point(10, 0), Point(1, 1.0 / 3)]))
    #expect(paths.line == "M0 0L500 750L1000 1000L100 916.7")
    #expect(paths.dots == "")
  }

  @Test func gapsAndLonelyPoints() {
    let points = [
      Point(0, 4), Point(1, nil), Point(2, 2), Point(3, 3), Point(4, .nan), Point(5, .infinity), Point(6, 1),
      Point(.nan, 1),
    ]
    let paths = chart().paths(of: curve(points))
    #expect(paths.line == "M200 500L300 250")
    #expect(paths.dots == "M0 0h0M600 750h0")
    let dotted = chart().paths(of: curve(points, isDotted: true))
    #expect(dotted.line == paths.line)
    #expect(dotted.dots == "M0 0h0M200 500h0M300 250h0M600 750h0")
    #expect(chart().paths(of: curve([])) == ("", ""))
  }

  @Test func whatLiesOutsideStaysOutside() {
    let paths = chart().paths(of: curve([Point(5, 8), Point(6, -4), Point(7, 1e100)]))
    #expect(paths.line == "M500 -1000L600 2000L700 -999000")
  }

  @Test func theSVGHasGridAndCurves() {
    let svg = chart(curve([Point(0, 1), Point(10, 3)]), curve([Point(5, 2)], style: 7)).svg
    #expect(svg.hasPrefix("<svg viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"))
    // ticks of y at 0, 1, 2, 3, 4 and of x at 0, 2, 4, 6, 8, 10
    #expect(
      svg.contains(
        "<path class=\"grid\" d=\"M0 1000H1000M0 750H1000M0 500H1000M0 250H1000M0 0H1000M0 0V1000M200 0V1000M400 0V1000"
          + "M600 0V1000M800 0V1000M1000 0V1000\"/>"))
    #expect(
      svg.contains(
        "<path class=\"line curve-0\" style=\"stroke:var(--series-1);stroke-dasharray:none\" d=\"M0 750L1000 250\"/>"))
    // the second curve with the second colour has different dashes
    #expect(
      svg.contains(
        "<path class=\"dots curve-7\" style=\"stroke:var(--series-2);stroke-dasharray:2 3\" d=\"M500 500h0\"/>"))
  }

  @Test func noTwoOfManyCurvesLookAlike() {
    #expect(Set((0..<36).map(LineChart.stroke)).count == 36)
    // neighbouring styles differ in their dashes too, not only in colour
    let dashes = (0..<6).map { LineChart.stroke($0).split(separator: ";")[1] }
    #expect(Set(dashes).count == 6)
  }

  @Test func ticksStandBesideTheirPlaces() {
    var chart = chart(curve([Point(0, 1)]))
    chart.right = LineChart.Unit(title: "bits", factor: 0.5)
    let html = chart.html
    #expect(html.contains("<span class=\"tick left\" style=\"top:25%\">3</span>"))
    #expect(html.contains("<span class=\"tick right\" style=\"top:25%\">1.5</span>"))
    #expect(html.contains("<span class=\"tick below\" style=\"left:40%\">4</span>"))
    #expect(html.contains("<div class=\"plot two\">"))
    #expect(html.contains("<span>nats</span><span>bits</span>"))
  }

  @Test func whatIsNotSeenIsSaid() {
    let html = chart(curve([Point(0, 4), Point(5, 1.0 / 3), Point(10, 0.5), Point(11, nil)]), curve([])).html
    #expect(
      html.contains(
        "aria-label=\"Loss &amp; more, nats over steps. a &lt;b&gt;: 0.5 at 10, lowest 0.333333, highest 4.\""))
  }

  @Test func nothingThatIsNoNumberIsWritten() {
    let points = [Point(1, .nan), Point(2, .infinity), Point(.infinity, 2), Point(3, -.infinity), Point(4, 1e300)]
    let html = chart(curve(points, isDotted: true)).html.lowercased()
    #expect(!html.contains("nan") && !html.contains("inf"))
  }

  @Test func theScriptReadsTheValues() throws {
    struct Values: Decodable {
      struct Axis: Decodable { let title: String, low: Double, high: Double, isLogarithmic: Bool }
      struct Curve: Decodable, Equatable { let name: String, style: Int, x: [Double], y: [Double] }
      let x: Axis, y: String, right: String?, factor: Double?, curves: [Curve]
    }
    var chart = chart(
      curve([Point(1_234_567, 1.23456789), Point(8, nil), Point(9.87654321, -0.000123456789)], style: 3))
    chart.right = LineChart.Unit(title: "bits", factor: 2)
    #expect(!chart.values.contains("<"))
    let values = try JSONDecoder().decode(Values.self, from: Data(chart.values.utf8))
    #expect(values.curves == [.init(name: "a <b>", style: 3, x: [1_234_567, 9.87654], y: [1.23457, -0.000123457])])
    #expect(values.x.title == "steps" && values.x.low == 0 && values.x.high == 10 && !values.x.isLogarithmic)
    #expect(values.y == "nats" && values.right == "bits" && values.factor == 2)
  }

  @Test(arguments: [
    (1.23456789, 1.23457), (-1234567.5, -1_234_570), (0, 0), (123, 123), (1_234_567, 1_234_567),
    (.leastNonzeroMagnitude, .leastNonzeroMagnitude),
    (1.5e-10, 1.5e-10), (0.1 + 0.2, 0.3),
  ])
  func sixDigits(value: Double, rounded: Double) {
    #expect(LineChart.rounded(value) == rounded)
  }

  @Test func curvesAreHiddenByTheirStyle() {
    #expect(
      LineChart.hidingStyle(scope: "chart", styles: 2) == """
        .chart:has(.show-0:not(:checked)) .curve-0 { display: none; }
        .chart:has(.show-1:not(:checked)) .curve-1 { display: none; }

        """)
    let html = LineChart.hidingSwitch("<a>", style: 1)
    #expect(html.contains("class=\"show-1\" checked"))
    #expect(html.hasSuffix("&lt;a&gt;</label>"))
    #expect(html.contains(LineChart.stroke(1)))
  }
}

import Foundation
import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct SeriesDrawingTests {
  private func count(_ text: String, in svg: String) -> Int { svg.components(separatedBy: text).count - 1 }

  @Test func windowsHandTheirStateOn() {
    let svg = SeriesDrawing(readings: [Explanation.series, Explanation.consecutiveSeries]).drawing.svg
    // the first row shows four of its seven windows, the second all three
    #expect(count("class=\"box input\"", in: svg) == 4 * 3 + 3 * 3)
    #expect(count("class=\"state\"", in: svg) == 4 + 3)
    #expect(count(">…</text>", in: svg) == 1 && count(">the epoch ends</text>", in: svg) == 1)
    // 14 is in three windows of the first row and in one of the second
    #expect(count(">14</text>", in: svg) == 4 && count(">30</text>", in: svg) == 0)
    #expect(
      svg.contains(
        "With stride 3: 12 15 14, then 18 21 19, then 24 27 25, each starting from the state of the previous one."))
  }
}

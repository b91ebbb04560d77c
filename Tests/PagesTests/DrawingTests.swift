import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct DrawingTests {
  @Test func elementsAreWritten() {
    var drawing = Drawing(width: 100, height: 50.25, label: "a \"b\"")
    drawing.text("<", x: 1.25, y: 2, style: "glyph")
    drawing.text("c", x: 0, y: 0, isCentred: false)
    drawing.rectangle(x: 1, y: 2, width: 3, height: 4, style: "cell", rounding: 5)
    drawing.circle(x: 6, y: 7, radius: 2.25, style: "unit")
    #expect(
      drawing.svg
        == "<svg viewBox=\"0 0 100 50.3\" width=\"100\" style=\"min-width:75px\" role=\"img\" aria-label=\"a &quot;b&quot;\">"
        + "<text x=\"1.3\" y=\"2\" text-anchor=\"middle\" class=\"glyph\">&lt;</text><text x=\"0\" y=\"0\">c</text>"
        + "<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" rx=\"5\" class=\"cell\"/><circle cx=\"6\" cy=\"7\" r=\"2.3\" class=\"unit\"/></svg>"
    )
  }

  @Test func arrowsHaveTheirHeadAtTheEnd() {
    var single = Drawing(width: 9, height: 9, label: "")
    single.arrow(from: (0, 10), to: (20, 10), style: "line")
    #expect(
      single.svg.contains("d=\"M0 10L20 10M14 14.2L20 10L14 5.8\"")
        || single.svg.contains("d=\"M0 10L20 10M14 5.8L20 10L14 14.2\""))
    var double = Drawing(width: 9, height: 9, label: "")
    double.arrow(from: (0, 10), to: (20, 10), style: "state", isDouble: true)
    #expect(double.svg.contains("M0 8L17 8M0 12L17 12"))
    var up = Drawing(width: 9, height: 9, label: "")
    up.arrow(from: (5, 30), to: (5, 10), style: "line")
    #expect(up.svg.contains("M5 30L5 10") && up.svg.contains("16L5 10L"))
  }
}

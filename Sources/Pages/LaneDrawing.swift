import CharLSTM
import Insight

/// Drawings of a text that is cut into lanes, and of the state that each lane carries from one minibatch to the next.
struct LaneDrawing {
  let explanation: Explanation
  let glyphs: CharacterGlyphs

  private static let nameWidth = 64.0
  private static let rowHeight = 36.0

  private func style(ofLane lane: Int) -> String { "lane-\(lane + 1)" }

  /// The text as one bar of B parts. Below it, each part is a row with a vertical line between minibatches.
  var cut: Drawing {
    let (lanes, steps) = (explanation.lanes, explanation.timeSteps)
    let cell = 17.0
    let length = Double(explanation.minibatches.count * steps) * cell
    let (left, top) = (Self.nameWidth, 78.0)
    var drawing = Drawing(
      width: left + length + 24, height: top + Double(lanes) * Self.rowHeight,
      label: "The text as one bar, cut into \(counted(lanes, "lane")) of the same length, and the characters of each.")
    drawing.text("the text", x: 0, y: 30, isCentred: false)
    for lane in 0..<lanes {
      let width = length / Double(lanes)
      let x = left + Double(lane) * width
      drawing.rectangle(x: x, y: 12, width: width, height: 28, style: "part \(style(ofLane: lane))")
      drawing.text(
        width < 80 ? "\(lane + 1)" : "lane \(lane + 1)", x: x + width / 2, y: 31, style: "name \(style(ofLane: lane))")
      let y = top + Double(lane) * Self.rowHeight
      drawing.text("lane \(lane + 1)", x: 0, y: y + 16, style: "name \(style(ofLane: lane))", isCentred: false)
      drawing.rectangle(x: left, y: y, width: length, height: 24, style: "part \(style(ofLane: lane))")
      for (index, minibatch) in explanation.minibatches.enumerated() {
        let start = left + Double(index * steps) * cell
        if index > 0 { drawing.path("M\(Drawing.point(start, y - 4))v32", style: "bar \(style(ofLane: lane))") }
        for (step, place) in minibatch.inputs[lane].enumerated() {
          drawing.text(glyphs[place.id], x: start + (Double(step) + 0.5) * cell, y: y + 17, style: "glyph")
        }
      }
      // a line from the end of the lane to the beginning of the next lane, because the text continues there
      if lane + 1 < lanes {
        let (end, below) = (left + length, y + 30)
        drawing.path(
          "M\(Drawing.point(end, y + 12))h10V\(Drawing.number(below))H\(Drawing.number(left - 10))V\(Drawing.number(y + Self.rowHeight + 12))h8",
          style: "seam")
      }
    }
    drawing.path(
      "M\(Drawing.point(left, 44))V\(Drawing.number(top - 6))M\(Drawing.point(left + length / Double(lanes), 44))L\(Drawing.point(left + length, top - 6))",
      style: "seam")
    return drawing
  }

  /// The first two minibatches, with an arrow for the state of every lane.
  var minibatches: Drawing {
    let (lanes, steps) = (explanation.lanes, explanation.timeSteps)
    let cell = 20.0
    let width = Double(steps) * cell
    let (before, between, after, top) = (34.0, 58.0, 30.0, 40.0)
    let starts = [Self.nameWidth + before, Self.nameWidth + before + width + between]
    var drawing = Drawing(
      width: starts[1] + width + after, height: top + Double(lanes) * Self.rowHeight + 4,
      label:
        "The first two minibatches. The state of every lane goes from the end of its row in minibatch 1 to the beginning"
        + " of its row in minibatch 2.")
    for (index, start) in starts.enumerated() {
      drawing.text("minibatch \(index + 1)", x: start + width / 2, y: 14)
    }
    drawing.text("h, c", x: starts[0] + width + between / 2, y: 28)
    for lane in 0..<lanes {
      let y = top + Double(lane) * Self.rowHeight
      let middle = y + 12
      drawing.text("lane \(lane + 1)", x: 0, y: y + 17, style: "name \(style(ofLane: lane))", isCentred: false)
      drawing.text("0", x: starts[0] - before + 5, y: y + 17)
      drawing.arrow(from: (starts[0] - before + 12, middle), to: (starts[0] - 4, middle), style: "line")
      for (start, minibatch) in zip(starts, explanation.minibatches) {
        for (step, place) in minibatch.inputs[lane].enumerated() {
          let x = start + Double(step) * cell
          drawing.rectangle(x: x, y: y, width: cell, height: 24, style: "part \(style(ofLane: lane))")
          drawing.text(glyphs[place.id], x: x + cell / 2, y: y + 17, style: "glyph")
        }
      }
      drawing.arrow(
        from: (starts[0] + width + 5, middle), to: (starts[1] - 5, middle), style: "state \(style(ofLane: lane))",
        isDouble: true)
      drawing.arrow(
        from: (starts[1] + width + 5, middle), to: (starts[1] + width + after - 2, middle),
        style: "state \(style(ofLane: lane))", isDouble: true)
    }
    return drawing
  }
}

import CharLSTM
import Insight

/// A picture of the network at several time steps: inputs below, outputs above, the state from left to right.
struct NetworkDrawing {
  let network: NetworkCase
  let glyphs: CharacterGlyphs

  private static let pitch = 56.0
  private static let margin = 46.0
  private static let box = (width: 34.0, height: 30.0, top: 58.0)

  var drawing: Drawing {
    let steps = network.steps
    let (box, middle) = (Self.box, Self.box.top + Self.box.height / 2)
    var drawing = Drawing(
      width: 2 * Self.margin + Double(steps.count - 1) * Self.pitch + box.width, height: 150, label: label)
    func x(_ step: Int) -> Double { Self.margin + box.width / 2 + Double(step) * Self.pitch }
    let first = x(0) - box.width / 2
    if network.stateBefore == .zero {
      drawing.text("0", x: 8, y: middle + 5)
      drawing.arrow(from: (16, middle), to: (first - 4, middle), look: "line")
    } else {
      drawing.arrow(from: (6, middle), to: (first - 4, middle), look: "state", isDouble: true)
    }
    for (step, own) in steps.enumerated() {
      drawing.rectangle(
        x: x(step) - box.width / 2, y: box.top, width: box.width, height: box.height, look: "cell", rounding: 4)
      if step + 1 < steps.count {
        drawing.arrow(
          from: (x(step) + box.width / 2 + 3, middle), to: (x(step + 1) - box.width / 2 - 4, middle), look: "line")
      }
      let bottom = box.top + box.height
      // what is not given has just been written
      let input = own.input ?? (step > 0 ? steps[step - 1].output : nil)
      if let input {
        drawing.arrow(from: (x(step), bottom + 28), to: (x(step), bottom + 4), look: "line")
        drawing.text(
          glyphs[input], x: x(step), y: bottom + 46, look: own.input == nil ? "glyph written" : "glyph")
      }
      if let output = own.output {
        drawing.arrow(from: (x(step), box.top - 4), to: (x(step), 28), look: "line")
        drawing.text(glyphs[output], x: x(step), y: 20, look: "glyph")
      }
      if own.input == nil && step > 0 {
        let (from, to) = (x(step - 1), x(step))
        let end = (x: to - 12, y: bottom + 41)
        drawing.path(
          "M\(Drawing.point(from + 10, 16))C\(Drawing.point(from + 40, 20)) \(Drawing.point(from + 14, end.y)) \(Drawing.point(end.x, end.y))"
            + Drawing.head(at: end, ux: 1, uy: 0), look: "feedback")
      }
    }
    if network.handsOn {
      let last = x(steps.count - 1) + box.width / 2
      drawing.arrow(from: (last + 4, middle), to: (last + Self.margin - 6, middle), look: "state", isDouble: true)
    }
    return drawing
  }

  private var label: String {
    let read = network.steps.compactMap(\.input).map { glyphs[$0] }.joined(separator: " ")
    let answers = network.steps.compactMap(\.output).map { glyphs[$0] }.joined(separator: " ")
    let origin = network.stateBefore == .zero ? "from a state of zeros" : "from the state of the minibatch before"
    let feedback = network.steps.contains { $0.input == nil } ? ", each of which is read at the next step" : ""
    return "\(network.name), \(network.variant): \(origin), reads \(read) and answers \(answers)\(feedback)."
  }
}

import CharLSTM
import Insight

/// A network at several time steps: inputs below, outputs above, the state from left to right.
struct NetworkDrawing {
  let picture: NetworkPicture

  private static let pitch = 56.0
  private static let margin = 46.0
  private static let cell = (width: 34.0, height: 30.0, top: 58.0)
  /// The box of an input or an output. An input with several features has one box height for each.
  private static let value = (width: 28.0, height: 24.0)
  private static let outputTop = 5.0
  private static let inputTop = 118.0

  private func x(_ step: Int) -> Double { Self.margin + Self.cell.width / 2 + Double(step) * Self.pitch }

  var drawing: Drawing {
    let steps = picture.steps
    let rows = max(1, steps.map(\.inputs.count).max() ?? 1)
    var drawing = Drawing(
      width: 2 * Self.margin + Double(steps.count - 1) * Self.pitch + Self.cell.width,
      height: Self.inputTop + Double(rows) * Self.value.height + 5, label: picture.label)
    let middle = Self.cell.top + Self.cell.height / 2
    let first = x(0) - Self.cell.width / 2
    if picture.stateBefore == .zero {
      drawing.text("0", x: 8, y: middle + 5)
      drawing.arrow(from: (16, middle), to: (first - 4, middle), style: "line")
    } else {
      drawing.arrow(from: (6, middle), to: (first - 4, middle), style: "state", isDouble: true)
    }
    for (step, one) in steps.enumerated() {
      drawing.rectangle(
        x: x(step) - Self.cell.width / 2, y: Self.cell.top, width: Self.cell.width, height: Self.cell.height,
        style: "box hidden", rounding: 4)
      if let units = picture.units { draw(units: units, atStep: step, in: &drawing) }
      if step + 1 < steps.count {
        drawing.arrow(
          from: (x(step) + Self.cell.width / 2 + 3, middle), to: (x(step + 1) - Self.cell.width / 2 - 4, middle),
          style: "line")
      }
      draw(inputs: one.inputs, atStep: step, in: &drawing)
      if let output = one.output {
        drawing.arrow(
          from: (x(step), Self.cell.top - 4), to: (x(step), Self.outputTop + Self.value.height + 4), style: "line")
        draw(output, x: x(step), y: Self.outputTop, style: "box output", in: &drawing)
      }
    }
    if picture.handsOn {
      let last = x(steps.count - 1) + Self.cell.width / 2
      drawing.arrow(from: (last + 4, middle), to: (last + Self.margin - 6, middle), style: "state", isDouble: true)
    }
    return drawing
  }

  private func draw(_ glyph: String, x: Double, y: Double, style: String, in drawing: inout Drawing) {
    drawing.rectangle(
      x: x - Self.value.width / 2, y: y, width: Self.value.width, height: Self.value.height, style: style)
    drawing.text(glyph, x: x, y: y + 17, style: "glyph")
  }

  /// The H numbers of the state as dots.
  private func draw(units: Int, atStep step: Int, in drawing: inout Drawing) {
    let pitch = Self.cell.width / Double(units + 1)
    for unit in 0..<units {
      drawing.circle(
        x: x(step) - Self.cell.width / 2 + Double(unit + 1) * pitch, y: Self.cell.top + Self.cell.height / 2,
        radius: 2.2, style: "unit")
    }
  }

  private func draw(inputs: [String], atStep step: Int, in drawing: inout Drawing) {
    let bottom = Self.cell.top + Self.cell.height
    for (row, input) in inputs.enumerated() {
      draw(
        input, x: x(step), y: Self.inputTop + Double(row) * Self.value.height, style: "box input", in: &drawing)
    }
    let isWritten = picture.readsOutput(atStep: step)
    guard !inputs.isEmpty || isWritten else { return }
    drawing.arrow(from: (x(step), bottom + 26), to: (x(step), bottom + 4), style: "line")
    guard isWritten, let written = picture.steps[step - 1].output else { return }
    draw(written, x: x(step), y: Self.inputTop, style: "box input written", in: &drawing)
    let start = (x: x(step - 1) + Self.value.width / 2 + 1, y: Self.outputTop + Self.value.height / 2)
    let end = (x: x(step) - Self.value.width / 2 - 3, y: Self.inputTop + Self.value.height / 2)
    drawing.path(
      "M\(Drawing.point(start.x, start.y))C\(Drawing.point(start.x + 22, start.y + 4)) "
        + "\(Drawing.point(start.x - 2, end.y)) \(Drawing.point(end.x, end.y))"
        + Drawing.head(at: end, ux: 1, uy: 0), style: "feedback")
  }
}

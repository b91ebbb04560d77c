import CharLSTM
import Insight

/// The windows of a series in the order in which a stateful network reads them, with the state that each passes to the
/// next.
struct SeriesDrawing {
  let readings: [SeriesWindows]

  /// The number of windows in a row. More windows would show nothing new.
  private static let shown = 4
  private static let cell = (width: 28.0, height: 24.0)
  private static let gap = 40.0
  private static let nameWidth = 64.0
  private static let rowHeight = 44.0

  var drawing: Drawing {
    let steps = readings.map(\.timeSteps).max() ?? 0
    let width = Double(steps) * Self.cell.width
    var drawing = Drawing(
      width: Self.nameWidth + Double(Self.shown) * (width + Self.gap) + 2 * Self.gap,
      height: Double(readings.count) * Self.rowHeight, label: label)
    for (row, windows) in readings.enumerated() {
      let top = Double(row) * Self.rowHeight + 8
      let middle = top + Self.cell.height / 2
      drawing.text("stride \(windows.stride)", x: 0, y: top + 17, isCentred: false)
      drawing.text("0", x: Self.nameWidth, y: top + 17)
      drawing.arrow(
        from: (Self.nameWidth + 8, middle), to: (Self.nameWidth + Self.gap - 5, middle), style: "line")
      var x = Self.nameWidth + Self.gap
      for window in windows.windows.prefix(Self.shown) {
        for input in window.inputs {
          drawing.rectangle(
            x: x, y: top, width: Self.cell.width, height: Self.cell.height, style: "box input")
          drawing.text("\(input[0])", x: x + Self.cell.width / 2, y: top + 17, style: "glyph")
          x += Self.cell.width
        }
        drawing.arrow(from: (x + 5, middle), to: (x + Self.gap - 5, middle), style: "state", isDouble: true)
        x += Self.gap
      }
      drawing.text(
        windows.windows.count > Self.shown ? "…" : "the epoch ends", x: x + 2, y: top + 17, isCentred: false)
    }
    return drawing
  }

  private var label: String {
    readings.map { windows in
      let read = windows.windows.prefix(Self.shown).map { window in
        window.inputs.map { "\($0[0])" }.joined(separator: " ")
      }
      return
        "With stride \(windows.stride): \(read.joined(separator: ", then ")), each starting from the state of the"
        + " previous one."
    }.joined(separator: " ")
  }
}

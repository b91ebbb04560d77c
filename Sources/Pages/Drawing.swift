import CharLSTM
import Insight

/// A picture made of shapes and text, as inline SVG. Each `style` is one or more classes of the page's style sheet.
struct Drawing: Sendable {
  let width: Double
  let height: Double
  /// A description of the picture, for people who cannot see it.
  let label: String
  private var elements: [String] = []

  init(width: Double, height: Double, label: String) {
    (self.width, self.height, self.label) = (width, height, label)
  }

  /// Text that is centred at x, or begins at x.
  mutating func text(_ string: String, x: Double, y: Double, style: String = "", isCentred: Bool = true) {
    let anchor = isCentred ? " text-anchor=\"middle\"" : ""
    elements.append(
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\"\(anchor)\(Self.attribute(style))>\(string.htmlEscaped)</text>"
    )
  }

  mutating func rectangle(x: Double, y: Double, width: Double, height: Double, style: String, rounding: Double = 0) {
    let corner = rounding > 0 ? " rx=\"\(Self.number(rounding))\"" : ""
    elements.append(
      "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" height=\"\(Self.number(height))\"\(corner)\(Self.attribute(style))/>"
    )
  }

  mutating func circle(x: Double, y: Double, radius: Double, style: String) {
    elements.append(
      "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\"\(Self.attribute(style))/>"
    )
  }

  /// A path in the syntax of SVG.
  mutating func path(_ commands: String, style: String) {
    elements.append("<path d=\"\(commands)\"\(Self.attribute(style))/>")
  }

  /// A straight line with an arrow head at its end.
  /// - Parameter isDouble: whether the line has two parallel strokes.
  mutating func arrow(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), style: String, isDouble: Bool = false
  ) {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let length = (dx * dx + dy * dy).squareRoot()
    let (ux, uy) = (dx / length, dy / length)
    let size = 6.0
    // the two strokes end where the head is as wide as the distance between them
    let offsets = isDouble ? [-2.0, 2.0] : [0]
    let back = isDouble ? 3.0 : 0
    let strokes = offsets.map { offset in
      "M\(Self.point(start.x - offset * uy, start.y + offset * ux))"
        + "L\(Self.point(end.x - back * ux - offset * uy, end.y - back * uy + offset * ux))"
    }
    path(strokes.joined() + Self.head(at: end, ux: ux, uy: uy, size: size), style: style)
  }

  /// An arrow head: two strokes that meet in a point.
  static func head(at end: (x: Double, y: Double), ux: Double, uy: Double, size: Double = 6) -> String {
    let sides = [-1.0, 1.0].map { side in
      point(end.x - size * ux - side * size * 0.7 * uy, end.y - size * uy + side * size * 0.7 * ux)
    }
    return "M\(sides[0])L\(point(end.x, end.y))L\(sides[1])"
  }

  static func point(_ x: Double, _ y: Double) -> String { "\(number(x)) \(number(y))" }

  /// A number rounded to a tenth.
  static func number(_ value: Double) -> String { significant((10 * value).rounded() / 10) }

  private static func attribute(_ style: String) -> String { style.isEmpty ? "" : " class=\"\(style)\"" }

  /// The SVG element. On a narrow page it shrinks, at most to three quarters of its size.
  var svg: String {
    """
    <svg viewBox="0 0 \(Self.number(width)) \(Self.number(height))" width="\(Self.number(width))" \
    style="min-width:\(Self.number(0.75 * width))px" role="img" aria-label="\(label.htmlEscaped)">\(elements.joined())</svg>
    """
  }
}

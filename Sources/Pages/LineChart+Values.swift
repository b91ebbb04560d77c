import CharLSTM

extension LineChart {
  /// The data that the script reads.
  private struct Values: Encodable {
    struct Axis: Encodable {
      let title: String
      let low: Double
      let high: Double
      let isLogarithmic: Bool

      init(_ axis: ChartAxis) {
        title = axis.title
        low = axis.domain.lowerBound
        high = axis.domain.upperBound
        isLogarithmic = axis.scale == .logarithmic
      }
    }

    struct Curve: Encodable {
      let name: String
      let style: Int
      let x: [Double]
      let y: [Double]
    }

    let x: Axis
    let y: String
    let right: String?
    let factor: Double?
    let curves: [Curve]
  }

  /// The points as JSON for a script element, rounded to six digits.
  var values: String {
    let curves = curves.map { curve in
      let points = shownPoints(of: curve)
      return Values.Curve(
        name: curve.name, style: curve.style, x: points.map { Self.rounded($0.x) },
        y: points.map { Self.rounded($0.y) })
    }
    return JSON.text(
      Values(
        x: Values.Axis(x), y: y.title, right: right?.title,
        factor: right?.factor, curves: curves)
    ).inScript
  }

  /// Rounds to six significant digits. Whole numbers are kept exactly.
  static func rounded(_ value: Double) -> Double {
    guard value != value.rounded(), value.isFinite else { return value }
    let exponent = 5 - Int(Double.log10(value.magnitude).rounded(.down))
    let scale = Double.pow(10, Double(exponent.magnitude))
    let rounded = exponent < 0 ? (value / scale).rounded() * scale : (value * scale).rounded() / scale
    return rounded.isFinite ? rounded : value
  }
}

import CharLSTM

/// An axis of a chart: where a value lies on it, and where it is marked.
struct ChartAxis: Sendable, Equatable {
  enum Scale: Sendable { case linear, logarithmic }

  struct Tick: Sendable, Equatable {
    let value: Double
    let label: String
  }

  let title: String
  let scale: Scale
  /// What is on the axis; its ends differ, and are above 0 on a logarithmic one.
  let domain: ClosedRange<Double>

  /// An axis that holds all of `values` which can be shown on it.
  /// - Parameters:
  ///   - padding: room at either end, as a share of what the values take.
  ///   - fromZero: whether a linear axis begins at 0 though all values are above it.
  init(
    _ title: String, values: [Double], scale: Scale = .linear, padding: Double = 0, fromZero: Bool = false
  ) {
    self.title = title
    self.scale = scale
    let values = values.filter { $0.magnitude <= Self.largest && (scale == .linear || $0 >= 1 / Self.largest) }
    guard var low = values.min(), var high = values.max() else {
      domain = scale == .linear ? 0...1 : 1...10
      return
    }
    switch scale {
    case .linear:
      if fromZero { (low, high) = (min(0, low), max(0, high)) }
      // what differs by rounding alone is a constant
      let size = max(low.magnitude, high.magnitude)
      if high - low <= max(1e-9 * size, 1 / Self.largest) {
        let room = size < 1 / Self.largest ? 1 : 0.1 * size
        (low, high) = fromZero && room == 1 ? (0, 1) : (low - room, high + room)
      } else {
        let room = padding * (high - low)
        if !(fromZero && low == 0) { low -= room }
        if !(fromZero && high == 0) { high += room }
      }
    case .logarithmic:
      let room = high / low <= 1 + 1e-9 ? 2 : Double.pow(high / low, padding)
      (low, high) = (low / room, high * room)
    }
    domain = low...high
  }

  private init(_ title: String, scale: Scale, domain: ClosedRange<Double>) {
    self.title = title
    self.scale = scale
    self.domain = domain
  }

  /// The same axis in another unit, one of which is `1 / factor` of this one's.
  func inUnit(_ title: String, factor: Double) -> ChartAxis {
    ChartAxis(title, scale: scale, domain: domain.lowerBound * factor...domain.upperBound * factor)
  }

  /// Larger numbers are not shown, and smaller ones than its inverse are 0: arithmetic on them might leave the finite numbers.
  static let largest = 1e150

  /// The place of a value: 0 at the lower end, 1 at the upper, beyond where it is not on the axis; nil for what has none.
  func position(_ value: Double) -> Double? {
    guard value.magnitude <= Self.largest else { return nil }
    let (low, high) = (domain.lowerBound, domain.upperBound)
    switch scale {
    case .linear: return (value - low) / (high - low)
    case .logarithmic: return value >= 1 / Self.largest ? (Double.log(value) - Double.log(low)) / (Double.log(high) - Double.log(low)) : nil
    }
  }

  /// Round numbers on the axis, about `count` of them.
  func ticks(_ count: Int = 5) -> [Tick] {
    let decades = scale == .logarithmic ? Double.log10(domain.upperBound) - Double.log10(domain.lowerBound) : 0
    guard decades >= 1 else { return linearTicks(count) }
    let mantissas = decades <= 2 ? [1, 2, 5] : [1]
    let interval = max(1, Int((decades / 8).rounded(.up)))
    let (first, last) = (order(of: domain.lowerBound), order(of: domain.upperBound))
    return stride(from: first, through: last, by: interval).flatMap { exponent in
      mantissas.compactMap { mantissa in
        let value = Self.scaled(mantissa, exponent)
        return domain.contains(value) ? Tick(value: value, label: Self.label(value, exponent: exponent)) : nil
      }
    }
  }

  /// Multiples of 1, 2 or 5 times a power of ten.
  private func linearTicks(_ count: Int) -> [Tick] {
    let interval = (domain.upperBound - domain.lowerBound) / Double(max(1, count))
    var exponent = order(of: interval)
    var mantissa = [1, 2, 5, 10].first { Self.scaled($0, exponent) >= interval * (1 - 1e-9) } ?? 10
    if mantissa == 10 { (mantissa, exponent) = (1, exponent + 1) }
    let step = Self.scaled(mantissa, exponent)
    // a tick at the very end is not to be lost by rounding
    let first = Int((domain.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((domain.upperBound / step + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    return (first...last).map { index in
      let value = Self.scaled(index * mantissa, exponent)
      return Tick(value: value, label: label(value, exponent: exponent))
    }
  }

  /// The power of ten of its first digit.
  private func order(of value: Double) -> Int { Int((Double.log10(value) + 1e-12).rounded(.down)) }

  /// `number` times a power of ten, rounded once: 3 and -1 are 0.3.
  private static func scaled(_ number: Int, _ exponent: Int) -> Double {
    let power = Double.pow(10, Double(exponent.magnitude))
    return exponent < 0 ? Double(number) / power : Double(number) * power
  }

  /// A multiple of a power of ten, with no more digits than that takes; many thousands as 20k, millions as 3M.
  private func label(_ value: Double, exponent: Int) -> String {
    let largest = max(domain.lowerBound.magnitude, domain.upperBound.magnitude)
    if exponent >= 3 && largest < 1e15 && value != 0 {
      if exponent >= 6 { return grouped(value / 1e6) + "M" }
      if largest >= 20_000 { return grouped(value / 1e3) + "k" }
    }
    return Self.label(value, exponent: exponent)
  }

  private static func label(_ value: Double, exponent: Int) -> String {
    exponent < 0 && value != 0 ? fixed(value, -exponent) : grouped(value)
  }
}

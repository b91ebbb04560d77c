import CharLSTM

/// An axis of a chart. It gives the positions of values and of tick marks.
struct ChartAxis: Sendable, Equatable {
  enum Scale: Sendable { case linear, logarithmic }

  struct Tick: Sendable, Equatable {
    let value: Double
    let label: String
  }

  let title: String
  let scale: Scale
  /// The range of values on the axis. Its ends differ, and are above 0 on a logarithmic axis.
  let domain: ClosedRange<Double>

  /// An axis whose range includes all `values`, except those that it cannot show.
  /// - Parameters:
  ///   - padding: the room at either end, as a share of the range of the values.
  ///   - fromZero: whether a linear axis begins at 0 even if all values are above 0.
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
      // values that differ only by rounding count as equal
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

  /// The same axis in another unit: each value is multiplied by `factor`.
  func inUnit(_ title: String, factor: Double) -> ChartAxis {
    ChartAxis(title, scale: scale, domain: domain.lowerBound * factor...domain.upperBound * factor)
  }

  /// The axis ignores numbers of larger magnitude and treats magnitudes below 1 / `largest` as 0, because arithmetic on
  /// them might overflow or underflow.
  static let largest = 1e150

  /// The position of a value: 0 at the lower end, 1 at the upper end, and outside of 0 to 1 if the value is outside of
  /// the domain. It is nil for a value that has no position on this axis.
  func position(_ value: Double) -> Double? {
    guard value.magnitude <= Self.largest else { return nil }
    let (low, high) = (domain.lowerBound, domain.upperBound)
    switch scale {
    case .linear: return (value - low) / (high - low)
    case .logarithmic:
      return value >= 1 / Self.largest
        ? (Double.log(value) - Double.log(low)) / (Double.log(high) - Double.log(low)) : nil
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

  /// Ticks at multiples of 1, 2 or 5 times a power of ten.
  private func linearTicks(_ count: Int) -> [Tick] {
    let interval = (domain.upperBound - domain.lowerBound) / Double(max(1, count))
    var exponent = order(of: interval)
    var mantissa = [1, 2, 5, 10].first { Self.scaled($0, exponent) >= interval * (1 - 1e-9) } ?? 10
    if mantissa == 10 { (mantissa, exponent) = (1, exponent + 1) }
    let step = Self.scaled(mantissa, exponent)
    // the small margin keeps rounding from dropping a tick at the very end
    let first = Int((domain.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((domain.upperBound / step + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    return (first...last).map { index in
      let value = Self.scaled(index * mantissa, exponent)
      return Tick(value: value, label: label(value, exponent: exponent))
    }
  }

  /// The exponent of a value in scientific notation.
  private func order(of value: Double) -> Int { Int((Double.log10(value) + 1e-12).rounded(.down)) }

  /// `number` times 10 to the power of `exponent`, rounded once: 3 and -1 give exactly the literal 0.3.
  private static func scaled(_ number: Int, _ exponent: Int) -> Double {
    let power = Double.pow(10, Double(exponent.magnitude))
    return exponent < 0 ? Double(number) / power : Double(number) * power
  }

  /// A label for a multiple of a power of ten, with no more digits than necessary. Large thousands are written as 20k,
  /// millions as 3M.
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

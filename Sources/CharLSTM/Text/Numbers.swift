/// A number with a fixed number of decimals. The decimal separator is a point in every locale.
package func fixed(_ value: Double, _ decimals: Int) -> String {
  guard value.isFinite else { return "\(value)" }
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let scaled = (value.magnitude * scale).rounded()
  guard scaled < 1e15 else { return "\(value)" }
  let digits = String(Int(scaled))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard decimals > 0 else { return sign + padded }
  return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}

/// The shortest form of a setting, such as 0.003, 5 or 1e-05.
package func significant(_ value: Double) -> String {
  value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : "\(value)"
}

/// A whole number with commas: 1234567 as 1,234,567.
package func grouped(_ value: Int) -> String {
  (value < 0 ? "-" : "") + grouped(UInt64(value.magnitude))
}

/// A whole number with commas.
package func grouped(_ value: UInt64) -> String {
  let digits = String(value)
  var result = ""
  for (index, digit) in digits.enumerated() {
    if index > 0 && (digits.count - index) % 3 == 0 { result += "," }
    result.append(digit)
  }
  return result
}

/// A number, rounded, with commas: 1234567.8 as 1,234,568.
package func grouped(_ value: Double) -> String {
  value.magnitude < 1e15 ? grouped(Int(value.rounded())) : "\(value)"
}

/// A number of seconds as minutes or hours: 75 as 1:15, 3700 as 1:01:40.
package func duration(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds < 1e9 else { return "-:--" }
  let whole = Int(max(0, seconds).rounded())
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return whole < 3600
    ? "\(whole / 60):\(two(whole % 60))" : "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))"
}

/// A number with its noun in the singular or plural: 1 character, 2 characters.
package func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// Converts nats to bits: divides by ln 2.
package func bits(_ nats: Double) -> Double { nats / 0.6931471805599453 }

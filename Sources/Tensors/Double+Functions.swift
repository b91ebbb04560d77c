#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The system's functions of a real number, with the names that swift-numerics uses. No other Swift file of the
/// package calls the platform's C library for them.
extension Double {
  /// The natural logarithm.
  package static func log(_ x: Double) -> Double { systemLog(x) }
  /// The logarithm to base 10.
  package static func log10(_ x: Double) -> Double { systemLog10(x) }
  /// e to the power of `x`.
  package static func exp(_ x: Double) -> Double { systemExp(x) }
  /// The hyperbolic tangent.
  package static func tanh(_ x: Double) -> Double { systemTanh(x) }
  /// The cosine of an angle in radians.
  package static func cos(_ x: Double) -> Double { systemCos(x) }
  /// `x` to the power of `y`.
  package static func pow(_ x: Double, _ y: Double) -> Double { systemPow(x, y) }
}

// inside the extension these names refer to its own functions
private func systemLog(_ x: Double) -> Double { log(x) }
private func systemLog10(_ x: Double) -> Double { log10(x) }
private func systemExp(_ x: Double) -> Double { exp(x) }
private func systemTanh(_ x: Double) -> Double { tanh(x) }
private func systemCos(_ x: Double) -> Double { cos(x) }
private func systemPow(_ x: Double, _ y: Double) -> Double { pow(x, y) }

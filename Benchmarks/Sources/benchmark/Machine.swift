import Foundation

/// The machine the figures are from.
enum Machine {
  static let cores = ProcessInfo.processInfo.activeProcessorCount

  /// The processor's name as the system gives it.
  static var name: String {
    guard let information = FileManager.default.contents(atPath: "/proc/cpuinfo") else { return "an unnamed processor" }
    let line = String(decoding: information, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("model name") }
    return line.flatMap { $0.split(separator: ":").last }.map { $0.trimmingCharacters(in: .whitespaces) }
      ?? "an unnamed processor"
  }

  static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try body()
    return (clock.now - start) / .seconds(1)
  }
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

func rounded(_ value: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", value) }

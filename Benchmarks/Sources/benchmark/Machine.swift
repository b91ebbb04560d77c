import Foundation
import Tensors

/// The machine that the program runs on.
enum Machine {
  static let cores = ProcessInfo.processInfo.activeProcessorCount

  /// The processor's name as the system gives it.
  static var name: String {
    guard let information = FileManager.default.contents(atPath: "/proc/cpuinfo") else { return "an unnamed processor" }
    let line = String(decoding: information, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("model name") }
    return line.flatMap { $0.split(separator: ":").last }.map { $0.trimmingCharacters(in: .whitespaces) }
      ?? "an unnamed processor"
  }

  /// The compiler's version, as far as the source can tell.
  static var swift: String {
    #if compiler(>=6.4)
      "6.4 or later"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }

  static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try body()
    return (clock.now - start) / .seconds(1)
  }

  /// GFLOP/s that the threads reach together with multiply-adds in registers.
  static func peak(threads: Int, precision: Precision = .float32) -> Double {
    let kernels = Kernels()
    var flop = 0.0
    let elapsed = seconds {
      flop = Processor(threads: threads).map(parts: threads) { _ in
        kernels.peak(rounds: kernels.variant == .scalar ? 500_000 : 4_000_000, precision: precision)
      }.reduce(0, +)
    }
    return flop / elapsed / 1e9
  }
}

func median(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.sorted()[values.count / 2] }

func rounded(_ value: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", value) }

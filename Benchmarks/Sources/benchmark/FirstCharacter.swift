import Foundation

/// Measures the time from the start of the process to its first output.
enum FirstCharacter {
  /// Milliseconds, for each of `repetitions` runs.
  static func measure(program: String, repetitions: Int) throws -> [Double] {
    try (0..<repetitions).map { _ in
      let process = Process()
      let output = Pipe()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = ["generate", "--output", "-", "--length", "200"]
      process.standardOutput = output
      let clock = ContinuousClock()
      let start = clock.now
      try process.run()
      _ = try output.fileHandleForReading.read(upToCount: 1)
      let elapsed = (clock.now - start) / .milliseconds(1)
      _ = try output.fileHandleForReading.readToEnd()
      process.waitUntilExit()
      return elapsed
    }
  }
}

import CharLSTM
import Foundation

/// Training at unusual shapes, in float32: one table over B and T for each H, and one table over L and V.
struct Grid {
  let threads: Int
  /// A cell of the table is left out if its training step takes more operations.
  private static let mostFLOP = 3e12

  func run() throws {
    for hiddenSize in [1, 17, 100, 128, 650, 2048] {
      print("\nH \(hiddenSize), one layer, V 65: GFLOP/s (characters/s)\n")
      let steps = [1, 25, 50, 128, 512]
      print("| B \\ T | " + steps.map(String.init).joined(separator: " | ") + " |")
      print("|---" + String(repeating: "|---", count: steps.count) + "|")
      for lanes in [1, 8, 50, 64, 100, 256] {
        let cells = try steps.map { try cell(hiddenSize: hiddenSize, lanes: lanes, timeSteps: $0) }
        print("| \(lanes) | " + cells.joined(separator: " | ") + " |")
        fflush(nil)
      }
    }
    print("\nB 64, T 50, H 128: GFLOP/s (characters/s)\n\n| L \\ V | 2 | 65 | 300 | 5000 |\n|---|---|---|---|---|")
    for layers in 1...4 {
      let cells = try [2, 65, 300, 5000].map { try cell(layers: layers, vocabularySize: $0) }
      print("| \(layers) | " + cells.joined(separator: " | ") + " |")
    }
  }

  private func cell(
    layers: Int = 1, hiddenSize: Int = 128, lanes: Int = 64, timeSteps: Int = 50, vocabularySize: Int = 65
  ) throws -> String {
    let configuration = Configuration(
      name: "", layers: layers, hiddenSize: hiddenSize, embeddingSize: 64, lanes: lanes, timeSteps: timeSteps,
      vocabularySize: vocabularySize)
    let flop = configuration.trainingFLOPPerCharacter * Double(lanes * timeSteps)
    guard flop <= Self.mostFLOP else { return "–" }
    let row = try Training(configuration: configuration, precision: .float32, threads: threads)
      .measure(repetitions: 1, seconds: 0.15)
    return "\(rounded(row.gigaFLOPPerSecond, row.gigaFLOPPerSecond < 10 ? 2 : 0)) (\(Int(row.charactersPerSecond)))"
  }
}

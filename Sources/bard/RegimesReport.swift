import CharLSTM

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the regimes came to, as a table of at most 80 columns and as JSON.
struct RegimesReport {
  let results: [RegimeComparison.Result]
  /// T.
  let timeSteps: Int

  init(_ results: [RegimeComparison.Result], timeSteps: Int) {
    self.results = results
    self.timeSteps = timeSteps
  }

  var table: [String] {
    func row(_ name: String, _ cells: [String]) -> String {
      name.padded(to: 23)
        + zip([7, 9] + LossByPosition.ranges.map { _ in 8 }, cells).map { $1.leftPadded(to: $0) }.joined()
    }
    var lines = [
      "nats per character of the validation part, the state carried all through it, and",
      "by how many characters were read since it was zero:",
      "",
      row(
        "",
        ["epochs", "carried"] + LossByPosition.ranges.map { $0.count == 1 ? "1" : "\($0.lowerBound)-\($0.upperBound)" }
      ),
    ]
    for result in results {
      lines.append(
        row(
          result.regime.rawValue,
          [fixed(result.epochs, 2), fixed(result.validationLoss, 4)]
            + LossByPosition.ranges.map { range in result.lossByPosition?.mean(range).map { fixed($0, 3) } ?? "-" }))
    }
    return lines + [""] + conclusions
  }

  /// What the numbers say, in words.
  private var conclusions: [String] {
    var lines: [String] = []
    func difference(_ a: Double, _ b: Double) -> String {
      b < a ? "\(fixed(a - b, 4)) nats lower" : "\(fixed(b - a, 4)) nats higher"
    }
    func loss(_ regime: TrainingRegime) -> Double? { results.first { $0.regime == regime }?.validationLoss }
    if let stateful = results.first(where: { $0.regime == .stateful }), let window = stateful.windowLoss {
      lines.append(
        "the state is worth \(fixed(window - stateful.validationLoss, 4)) nats per character: that much is lost where it is zeroed"
          + " every \(timeSteps) characters")
    }
    if let stateful = loss(.stateful) {
      if let shuffled = loss(.shuffled) {
        lines.append("trained statefully the loss is \(difference(shuffled, stateful)) than on shuffled windows")
      }
      if let one = loss(.manyToOne) {
        lines.append(
          "than on many-to-one windows it is \(difference(one, stateful)): those learn from one prediction where the others"
            + " learn from \(timeSteps)")
      }
    }
    return lines.flatMap { $0.wrapped(to: 80) }
  }

  /// The names that programs rely on.
  private struct Names: Codable {
    let regime: String
    let objective: TrainingObjective
    let state: StateHandling
    let steps: Int
    let epochs: Double
    let predictions: Int
    let validationLoss: Double
    let windowLoss: Double?
    let lossByPosition: [Double]?
    let points: [RegimeComparison.Result.Point]
  }

  /// One JSON object; losses in nats per character.
  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      let names = results.map {
        Names(
          regime: $0.regime.rawValue, objective: $0.regime.objective, state: $0.regime.stateHandling, steps: $0.steps,
          epochs: $0.epochs, predictions: $0.predictions, validationLoss: $0.validationLoss, windowLoss: $0.windowLoss,
          lossByPosition: $0.lossByPosition?.natsPerCharacter, points: $0.points)
      }
      return String(decoding: try encoder.encode(["regimes": names]), as: UTF8.self)
    }
  }
}

import CharLSTM
import Insight

/// The losses of the regimes, as a table of at most 80 columns and as JSON.
struct RegimesTable {
  let results: [RegimeComparison.Result]
  /// T, the number of time steps.
  let timeSteps: Int

  init(_ results: [RegimeComparison.Result], timeSteps: Int) {
    self.results = results
    self.timeSteps = timeSteps
  }

  var lines: [String] {
    func row(_ name: String, _ cells: [String]) -> String {
      name.padded(to: 23)
        + zip([7, 9] + LossByPosition.ranges.map { _ in 8 }, cells).map { $1.leftPadded(to: $0) }.joined()
    }
    var lines = [
      "Validation loss in nats per character: with the state carried through the whole",
      "text, and by the number of characters read since the state was zero:",
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

  /// The conclusions from the numbers, in words.
  private var conclusions: [String] {
    var lines: [String] = []
    func result(_ regime: TrainingRegime) -> RegimeComparison.Result? { results.first { $0.regime == regime } }
    guard let stateful = result(.stateful) else { return lines }
    func difference(to other: RegimeComparison.Result) -> String {
      let gain = other.validationLoss - stateful.validationLoss
      return "\(fixed(abs(gain), 4)) nats \(gain > 0 ? "lower" : "higher")"
    }
    if let window = stateful.windowLoss {
      lines.append(
        "Carrying the state is worth \(fixed(window - stateful.validationLoss, 4)) nats per character: that is how much worse"
          + " the stateful network gets when its state is zeroed every \(timeSteps) characters.")
    }
    if let shuffled = result(.shuffled) {
      lines.append("Training statefully gives a loss \(difference(to: shuffled)) than training on shuffled windows.")
    }
    if let single = result(.manyToOne) {
      lines.append(
        "It is \(difference(to: single)) than with many-to-one windows. These learn from one prediction in each window, the"
          + " others from \(timeSteps).")
    }
    return lines.flatMap { $0.wrapped(to: 80) }
  }

  /// The JSON keys, which programs rely on.
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

  /// One JSON object, with losses in nats per character.
  var json: String {
    let names = results.map {
      Names(
        regime: $0.regime.rawValue, objective: $0.regime.objective, state: $0.regime.stateHandling, steps: $0.steps,
        epochs: $0.epochs, predictions: $0.predictions, validationLoss: $0.validationLoss, windowLoss: $0.windowLoss,
        lossByPosition: $0.lossByPosition?.natsPerCharacter, points: $0.points)
    }
    return JSON.text(["regimes": names])
  }
}

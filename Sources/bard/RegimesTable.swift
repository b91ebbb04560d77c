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
    /// The size of a difference in words; nil if it is too small to be shown.
    func shown(_ difference: Double) -> String? {
      let size = fixed(abs(difference), 4)
      return size == fixed(0, 4) ? nil : "\(size) nats per character"
    }
    func loss(comparedTo other: RegimeComparison.Result) -> String {
      let gain = other.validationLoss - stateful.validationLoss
      return shown(gain).map { "a loss \($0) \(gain > 0 ? "lower" : "higher") than" } ?? "the same loss as"
    }
    if let window = stateful.windowLoss {
      let gain = window - stateful.validationLoss
      let zeroed = "its state is zeroed every \(counted(timeSteps, "character"))"
      lines.append(
        shown(gain).map { size in
          gain > 0
            ? "Carrying the state is worth \(size): that is how much worse the stateful network gets when \(zeroed)."
            : "Carrying the state does not help here: the loss of the stateful network is \(size) lower when \(zeroed)."
        } ?? "Carrying the state makes no difference here: the stateful network has the same loss when \(zeroed).")
    }
    if let shuffled = result(.shuffled) {
      lines.append("Training statefully gives \(loss(comparedTo: shuffled)) training on shuffled windows.")
    }
    if let single = result(.manyToOne) {
      lines.append(
        "It gives \(loss(comparedTo: single)) training on many-to-one windows. That network learns from one prediction in"
          + " each window, the others from \(grouped(timeSteps)).")
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

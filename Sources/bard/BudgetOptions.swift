import ArgumentParser
import CharLSTM

/// How long to train: one of three.
struct BudgetOptions: ParsableArguments {
  @Option(help: "Train for this many passes over the training part.")
  var epochs: Int?

  @Option(help: "Train for this many minibatches.")
  var steps: Int?

  @Option(help: "Train for this many minutes. (default: what --preset takes)")
  var minutes: Double?

  @Option(
    help:
      "What to take where none of these is given: quick, balanced (three times as long, the knee of the curve) or best (ten times that). (default: balanced)"
  )
  var preset: TrainingPlan.Preset?

  /// nil where none is given.
  var budget: TrainingBudget? {
    if let epochs { return .epochs(epochs) }
    if let steps { return .steps(steps) }
    return minutes.map { .minutes($0) }
  }

  func validate() throws {
    if [epochs != nil, steps != nil, minutes != nil].filter({ $0 }).count > 1 {
      throw ValidationError("give one of --epochs, --steps and --minutes.")
    }
    if let epochs, epochs < 1 { throw ValidationError("--epochs must be 1 or more, not \(epochs).") }
    if let steps, steps < 1 { throw ValidationError("--steps must be 1 or more, not \(steps).") }
    if let minutes, !(minutes > 0 && minutes.isFinite) {
      throw ValidationError("--minutes must be above 0, not \(significant(minutes)).")
    }
  }
}

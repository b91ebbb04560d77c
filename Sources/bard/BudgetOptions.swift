import ArgumentParser
import CharLSTM

/// How long to train, by one of three options.
struct BudgetOptions: ParsableArguments {
  @Option(help: "Train for this many passes over the training part of the text.")
  var epochs: Int?

  @Option(help: "Train for this many minibatches.")
  var steps: Int?

  @Option(help: "Train for this many minutes. (default: set by --preset)")
  var minutes: Double?

  @Option(
    help: """
      How long to train if you give no budget: quick, balanced (3 times as long as quick; a good compromise) or best (10 times \
      as long as balanced). (default: balanced)
      """)
  var preset: TrainingPlan.Preset?

  /// The budget; nil if no option was given.
  var budget: TrainingBudget? {
    if let epochs { return .epochs(epochs) }
    if let steps { return .steps(steps) }
    return minutes.map { .minutes($0) }
  }

  func validate() throws {
    if [epochs != nil, steps != nil, minutes != nil].filter({ $0 }).count > 1 {
      throw ValidationError("Give only one of --epochs, --steps and --minutes.")
    }
    do throws(SettingError) { try budget?.validate() } catch { throw error.validationError }
  }
}

extension TrainingPlan.Preset: ExpressibleByArgument {}

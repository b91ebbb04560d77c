/// Trains one minibatch after another, with the learning rate of the schedule, and measures time against the budget.
///
/// It only trains. `TrainingRun` adds validation, samples and checkpoints.
package struct TrainingLoop {
  /// The time that counts against a budget in minutes.
  package enum Timing: Sendable {
    /// All time since the start, plus `secondsBefore` from before the run was resumed.
    case everything(secondsBefore: Double)
    /// Only the time spent on minibatches.
    case minibatches
  }

  /// The trainer that does the steps.
  package let trainer: Trainer
  /// The seconds spent on minibatches.
  package private(set) var minibatchSeconds = 0.0
  private let timing: Timing
  private let clock = ContinuousClock()
  private var startTime: ContinuousClock.Instant

  /// Makes a loop. Its clock starts now.
  package init(_ trainer: Trainer, timing: Timing) {
    self.trainer = trainer
    self.timing = timing
    startTime = clock.now
  }

  /// Restarts the clock.
  package mutating func start() { startTime = clock.now }

  /// The seconds since the start.
  package var elapsedSeconds: Double { (clock.now - startTime) / .seconds(1) }

  /// The seconds that count against the budget.
  package var seconds: Double {
    switch timing {
    case .everything(let before): before + elapsedSeconds
    case .minibatches: minibatchSeconds
    }
  }

  /// The share of the budget that is used, 0 to 1.
  package var share: Double {
    trainer.configuration.budget.share(
      step: trainer.step, minibatchesPerEpoch: trainer.batches.minibatchesPerEpoch, seconds: seconds)
  }

  /// Trains on the next minibatch.
  /// - Returns: The loss and norm of the minibatch, and the seconds it took.
  package mutating func step() throws(TrainingError) -> (step: Trainer.Step, seconds: Double) {
    let configuration = trainer.configuration
    let rate = configuration.schedule.rate(
      peak: configuration.learningRate, step: trainer.step, warmupSteps: configuration.warmupSteps, progress: share)
    let before = clock.now
    let step = try trainer.step(learningRate: rate)
    let seconds = (clock.now - before) / .seconds(1)
    minibatchSeconds += seconds
    return (step, seconds)
  }
}

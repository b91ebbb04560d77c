/// Trains minibatch by minibatch, at the learning rate of the schedule, until the budget is used.
///
/// It has the clock of a run and knows nothing of what is done beside training; `TrainingRun` adds that.
package struct TrainingLoop {
  /// The time that counts against a budget in minutes.
  package enum Timing: Sendable {
    /// All that has passed, whatever it was spent on, after so many seconds of earlier runs.
    case everything(secondsBefore: Double)
    /// What was spent on minibatches.
    case minibatches
  }

  /// What is trained.
  package let trainer: Trainer
  /// Spent on minibatches.
  package private(set) var minibatchSeconds = 0.0
  private let timing: Timing
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant

  /// The clock starts now.
  package init(_ trainer: Trainer, timing: Timing) {
    self.trainer = trainer
    self.timing = timing
    start = clock.now
  }

  /// Passed since the loop was made.
  package var elapsedSeconds: Double { (clock.now - start) / .seconds(1) }

  /// Counted against the budget, earlier runs included.
  package var seconds: Double {
    switch timing {
    case .everything(let before): before + elapsedSeconds
    case .minibatches: minibatchSeconds
    }
  }

  /// Share of the budget that is used, 0 to 1.
  package var share: Double {
    trainer.configuration.budget.progress(
      step: trainer.step, minibatchesPerEpoch: trainer.batches.minibatchesPerEpoch, seconds: seconds)
  }

  /// Trains on the next minibatch.
  /// - Returns: what it did, and the seconds it took.
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

/// A run after a minibatch: all that a checkpoint or a page says of it. What it holds is shared with the trainer until that
/// goes on.
public struct TrainingSnapshot: Sendable {
  /// Everything needed to go on from here.
  public let state: TrainingState
  /// The weights that become the model: averaged where an average is kept.
  public let model: Parameters
  /// The characters that ids stand for.
  public let vocabulary: Vocabulary
  /// Settings, corpus and losses.
  public let summary: TrainingSummary
  /// All that was done so far.
  public let history: TrainingHistory
  /// Share of the budget used, 0 to 1.
  public let share: Double
}

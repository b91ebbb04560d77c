/// A training run after a minibatch, with everything that a checkpoint or a page needs.
///
/// It shares the memory of the parameters, the moments and the average with the trainer, until the trainer's next
/// step.
public struct TrainingSnapshot: Sendable {
  /// Everything that training needs to continue from here.
  public let state: TrainingState
  /// The weights that become the model: the average if there is one, otherwise the parameters.
  public let model: Parameters
  /// The characters that the ids stand for.
  public let vocabulary: Vocabulary
  /// The settings, the corpus and the losses.
  public let summary: TrainingSummary
  /// The history of the run up to this minibatch.
  public let history: TrainingHistory
  /// The share of the budget that is used, from 0 to 1.
  public let share: Double
}

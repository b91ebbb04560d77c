/// Writes the checkpoints of a training run from its snapshots.
public struct CheckpointWriter: Sendable {
  /// The files to write; existing ones are replaced.
  public let paths: CheckpointPaths
  /// The corpus files as they were given, for a resumption that does not name them.
  public let corpusPaths: [String]
  /// How often a character had to occur to get an id of its own.
  public let minimumCount: Int

  /// Nothing is written yet.
  public init(paths: CheckpointPaths, corpusPaths: [String], minimumCount: Int) {
    self.paths = paths
    self.corpusPaths = corpusPaths
    self.minimumCount = minimumCount
  }

  /// Writes training state and model.
  /// - Throws: `CheckpointError.notWritten`; each file is then whole, as it was before or as it is now.
  public func write(_ snapshot: TrainingSnapshot) throws(CheckpointError) {
    // the training state first: a model without it could not go on, the reverse loses nothing
    try TrainingCheckpoint(
      state: snapshot.state, vocabulary: snapshot.vocabulary, summary: snapshot.summary, corpusPaths: corpusPaths,
      minimumCount: minimumCount, history: snapshot.history
    ).write(to: paths.training)
    try checkpoint(snapshot).write(to: paths.model)
  }

  /// Writes the best model.
  /// - Throws: `CheckpointError.notWritten`.
  public func writeBest(_ snapshot: TrainingSnapshot) throws(CheckpointError) {
    try checkpoint(snapshot).write(to: paths.best)
  }

  private func checkpoint(_ snapshot: TrainingSnapshot) -> Checkpoint {
    Checkpoint(parameters: snapshot.model, vocabulary: snapshot.vocabulary, training: snapshot.summary)
  }
}

/// Writes the checkpoints of a training run from its snapshots.
public struct CheckpointWriter: Sendable {
  /// The files to write. Existing files are replaced.
  public let paths: CheckpointPaths
  /// The corpus files as the user named them. A resumed run uses them if it names no other files.
  public let corpusPaths: [String]
  /// The minimum count: characters that occur at least this often have an id of their own.
  public let minimumCount: Int

  /// Makes a writer. Nothing is written yet.
  public init(paths: CheckpointPaths, corpusPaths: [String], minimumCount: Int) {
    self.paths = paths
    self.corpusPaths = corpusPaths
    self.minimumCount = minimumCount
  }

  /// Writes the training state and the model.
  /// - Throws: `CheckpointError.notWritten`. Each of the two files is then complete, in its old or new version.
  public func write(_ snapshot: TrainingSnapshot) throws(CheckpointError) {
    // the training state goes first: training can continue from it even if writing the model fails
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

/// The reason why a checkpoint cannot be used.
public enum CheckpointError: Error, Sendable, Equatable {
  /// The file is damaged, is not a safetensors file, or lacks a tensor that its configuration requires.
  case unreadable(path: String, SafeTensorsError)
  /// The file could not be written. The error names the step that failed. Until the rename, the old file is unchanged.
  case notWritten(path: String, AtomicFileError)
  /// `__metadata__` lacks an entry that bard needs. The file was probably written by another program.
  case missingMetadata(path: String, key: String)
  /// An entry is not JSON of the expected form.
  case invalidMetadata(path: String, key: String, reason: String)
  /// The configuration has a size that no network can have.
  case invalidConfiguration(path: String, SettingError)
  /// The vocabulary has `vocabulary` characters, but the network was made for `configuration` of them.
  case vocabularyMismatch(path: String, vocabulary: Int, configuration: Int)
  /// A weight is infinite or NaN.
  case notFinite(path: String, tensor: String)
  /// There is no training state beside the model file.
  case missingTrainingState(path: String)
}

/// Why a checkpoint cannot be used.
public enum CheckpointError: Error, Sendable, Equatable {
  /// The file itself is damaged, or lacks a tensor that its configuration speaks of, or is no safetensors file.
  case unreadable(path: String, SafeTensorsError)
  /// The file could not be written. The error names the step that failed: until the rename the old file is untouched.
  case notWritten(path: String, AtomicFileError)
  /// `__metadata__` lacks an entry of ours: a safetensors file of another program.
  case missingMetadata(path: String, key: String)
  /// An entry is no JSON of the expected form.
  case invalidMetadata(path: String, key: String, reason: String)
  /// The configuration asks for a size that no network can have.
  case invalidConfiguration(path: String, SettingError)
  /// The vocabulary holds `vocabulary` characters, the network was made for `configuration` of them.
  case vocabularyMismatch(path: String, vocabulary: Int, configuration: Int)
  /// A weight that is not a number, or infinite.
  case notFinite(path: String, tensor: String)
  /// A model file beside which no training state lies.
  case missingTrainingState(path: String)
}

import CharLSTM
import REPL

extension CheckpointError: UserError {
  public var message: String {
    switch self {
    case .unreadable(let path, let error): error.message(for: path)
    case .notWritten(_, let error): error.message
    case .missingMetadata(let path, let key):
      "\(path): its metadata has no \"\(key)\", so bard did not write this file. Give a model that bard train wrote."
    case .invalidMetadata(let path, let key, let reason): "\(path): \"\(key)\" in its metadata is damaged: \(reason)"
    case .invalidConfiguration(let path, let error): "\(path): \(error.message)"
    case .vocabularyMismatch(let path, let vocabulary, let configuration):
      "\(path) is damaged: its vocabulary has \(counted(vocabulary, "character")), but its network expects"
        + " \(grouped(configuration))."
    case .notFinite(let path, let tensor):
      "\(path): \(tensor) holds a number that is not finite. Training failed before the file was saved."
    case .missingTrainingState(let path):
      "\(path) is missing. bard train writes it beside the model; --resume and bard report need it."
    }
  }
}

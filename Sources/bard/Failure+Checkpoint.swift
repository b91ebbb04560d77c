import CharLSTM
import REPL

extension CheckpointError: InWords {
  public var words: String {
    switch self {
    case .unreadable(let path, let error): "\(path): \(error.words)"
    case .notWritten(_, let error): error.words
    case .missingMetadata(let path, let key):
      "\(path): no \"\(key)\" in its metadata; the file was not written by bard. Give a checkpoint made by bard train."
    case .invalidMetadata(let path, let key, let reason):
      "\(path): \"\(key)\" in its metadata is damaged: \(reason)"
    case .invalidConfiguration(let path, .outOfRange(let name, let value, let allowed)):
      "\(path): \(name) is \(value), which must be from \(allowed.lowerBound) to \(allowed.upperBound)"
    case .vocabularyMismatch(let path, let vocabulary, let configuration):
      "\(path): its vocabulary has \(vocabulary) characters, its network \(configuration); the file is damaged"
    case .notFinite(let path, let tensor):
      "\(path): \(tensor) holds a value that is not a finite number; training went wrong before it was saved"
    case .missingTrainingState(let path):
      "\(path): no training state in it. --resume goes on from NAME.training.safetensors, which bard train writes beside"
        + " NAME.safetensors."
    }
  }
}

extension TrainingLogError: InWords {
  public var words: String { "\(path): cannot write the log: \(systemWords(forErrno: code))" }
}

extension TrainingLogReadingError: InWords {
  public var words: String {
    switch self {
    case .unreadable(let path, let code): "\(path): cannot be read: \(systemWords(forErrno: code))"
    case .empty(let path):
      "\(path): no whole line in it yet. bard train --log FILE writes the first after ten steps."
    case .damaged(let path, let line, let reason):
      "\(path), line \(line): not as bard train --log writes it: \(reason)"
    }
  }
}

extension TrainingReportError: InWords {
  public var words: String {
    switch self {
    case .foreign(let path): "\(path) is not written: what stands there now is no page of bard train"
    case .notWritten(_, let error): error.words
    }
  }
}

extension TrainingError: InWords {
  public var words: String {
    switch self {
    case .lossNotFinite(let step, _, _, let learningRate):
      "the loss is no longer a finite number at step \(step + 1), with the learning rate at"
        + " \(significant(learningRate)). The last checkpoint is untouched; train again with a lower --learning-rate or"
        + " --clip-norm."
    }
  }
}

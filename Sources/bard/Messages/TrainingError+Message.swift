import CharLSTM
import Pages
import REPL

extension TrainingError: UserError {
  public var message: String {
    switch self {
    case .lossNotFinite(let step, _, _, let learningRate):
      "The loss is no longer a finite number at step \(grouped(step + 1)), where the learning rate is"
        + " \(significant(learningRate)). The checkpoints that were written before are intact. Train again with a"
        + " lower --learning-rate or --clip-norm."
    }
  }
}

extension TrainingLogError: UserError {
  public var message: String { "Cannot write \(path): \(systemWords(forErrno: code))." }
}

extension TrainingLogReadingError: UserError {
  public var message: String {
    switch self {
    case .unreadable(let path, let code): "Cannot read \(path): \(systemWords(forErrno: code))."
    case .empty(let path):
      "\(path) has no complete line yet. bard train --log FILE writes the first one after ten steps, or after the first"
        + " validation if that is earlier."
    case .damaged(let path, let line, let reason):
      "\(path), line \(grouped(line)), is not a line that bard train --log writes: \(reason)"
    }
  }
}

extension TrainingReportError: UserError {
  public var message: String {
    switch self {
    case .foreign(let path): "\(path) is not a page of bard train, so bard does not overwrite it."
    case .notWritten(_, let error): error.message
    }
  }
}

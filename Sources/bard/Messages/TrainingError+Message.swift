import CharLSTM
import Pages
import REPL

extension TrainingError: UserError {
  public var message: String {
    switch self {
    case .lossNotFinite(let step, _, _, let learningRate):
      "The loss is no longer a finite number at step \(grouped(step + 1)), where the learning rate is"
        + " \(significant(learningRate)). What was saved before is intact. Train again with a lower --learning-rate or"
        + " --clip-norm."
    }
  }
}

extension TrainingLogError: UserError {
  public var message: String { "\(path): cannot write the log: \(systemWords(forErrno: code))" }
}

extension TrainingLogReadingError: UserError {
  public var message: String {
    switch self {
    case .unreadable(let path, let code): "\(path): cannot be read: \(systemWords(forErrno: code))"
    case .empty(let path):
      "\(path) has no complete line yet. bard train --log FILE writes the first one after ten steps."
    case .damaged(let path, let line, let reason):
      "\(path), line \(line), is not a line that bard train --log writes: \(reason)"
    }
  }
}

extension TrainingReportError: UserError {
  public var message: String {
    switch self {
    case .foreign(let path): "\(path) is not a page of bard train, so it is not overwritten"
    case .notWritten(_, let error): error.message
    }
  }
}

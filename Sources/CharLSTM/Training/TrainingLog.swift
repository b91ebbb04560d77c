/// A line of the log, which is one JSON object. Losses are in nats per character.
public struct TrainingLogLine: Sendable, Codable, Equatable {
  /// The number of minibatches done.
  public var step: Int
  /// The number of passes over the training part, with the fraction of the current one.
  public var epoch: Double
  /// The seconds spent on the run, without the pauses before it was resumed.
  public var seconds: Double
  /// The mean training loss since the previous line.
  public var trainingLoss: Double
  /// The validation loss; nil if it was not measured at this step.
  public var validationLoss: Double?
  /// The learning rate of the last update.
  public var learningRate: Double
  /// The gradient norm of the last minibatch, before clipping. It is the Euclidean norm of all gradients together.
  public var gradientNorm: Double
  /// The speed since the previous line, in characters per second of the time spent on minibatches.
  public var charactersPerSecond: Double
}

/// Appends lines to a log file. It writes each line at once, so that a reader sees whole lines.
public final class TrainingLog {
  private let path: String
  private let file: FileDescriptor

  /// Opens the file, to append to it or to replace it.
  /// - Throws: `TrainingLogError`.
  public init(path: String, append: Bool) throws(TrainingLogError) {
    self.path = path
    do {
      file = try FileDescriptor(opening: path, for: append ? .appending : .replacing)
    } catch { throw TrainingLogError(path: path, code: error.number) }
  }

  /// Appends a line.
  /// - Throws: `TrainingLogError`, for example if the disk is full.
  public func write(_ line: TrainingLogLine) throws(TrainingLogError) {
    do { try file.append(Array((JSON.text(line) + "\n").utf8)) } catch {
      throw TrainingLogError(path: path, code: error.number)
    }
  }
}

/// The log cannot be opened or written.
public struct TrainingLogError: Error, Sendable, Equatable {
  /// The path of the log, as the caller gave it.
  public let path: String
  /// The system's error number, `errno`.
  public let code: Int32
}

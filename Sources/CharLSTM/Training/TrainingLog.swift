/// A line of the log: one JSON object. Losses are nats per character.
public struct TrainingLogLine: Sendable, Codable, Equatable {
  /// Minibatches done.
  public var step: Int
  /// Passes over the training part done, as a fraction.
  public var epoch: Double
  /// Time spent in training, over all resumptions.
  public var seconds: Double
  /// Mean since the line before.
  public var trainingLoss: Double
  /// Where it was measured at this step.
  public var validationLoss: Double?
  /// The rate of the last update.
  public var learningRate: Double
  /// Euclidean norm of all gradients before clipping.
  public var gradientNorm: Double
  /// Since the line before, by the time spent on minibatches alone.
  public var charactersPerSecond: Double
}

/// Appends lines to a file, each written at once so that a reader sees whole lines.
public final class TrainingLog {
  private let path: String
  private let file: FileDescriptor

  /// Opens the file for appending, or starts it anew.
  /// - Throws: `TrainingLogError`.
  public init(path: String, append: Bool) throws(TrainingLogError) {
    self.path = path
    do {
      file = try FileDescriptor(opening: path, for: append ? .appending : .replacing)
    } catch { throw TrainingLogError(path: path, code: error.number) }
  }

  /// Appends a line.
  /// - Throws: `TrainingLogError`, when the disk is full for example.
  public func write(_ line: TrainingLogLine) throws(TrainingLogError) {
    do { try file.append(Array((JSON.text(line) + "\n").utf8)) } catch {
      throw TrainingLogError(path: path, code: error.number)
    }
  }
}

/// The log cannot be opened or written; `code` is an errno.
public struct TrainingLogError: Error, Sendable, Equatable {
  /// The log, as it was named.
  public let path: String
  /// The system's error number.
  public let code: Int32
}

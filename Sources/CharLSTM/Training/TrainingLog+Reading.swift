extension TrainingLog {
  /// Reads the lines of a log. A run may still be writing it, so an unfinished last line is left out.
  /// - Throws: `TrainingLogReadingError`.
  public static func lines(of path: String) throws(TrainingLogReadingError) -> [TrainingLogLine] {
    let bytes: [UInt8]
    do { bytes = try FileDescriptor(opening: path, for: .reading).readToEnd() } catch {
      throw .unreadable(path: path, errno: error.number)
    }
    var lines: [TrainingLogLine] = []
    for piece in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
      func damaged(_ reason: String) -> TrainingLogReadingError {
        .damaged(path: path, line: lines.count + 1, reason: reason)
      }
      guard !piece.isEmpty else { throw damaged("it is empty") }
      let line: TrainingLogLine
      do { line = try JSON.decode(TrainingLogLine.self, from: piece) } catch {
        throw damaged(error.reason)
      }
      guard line.isPossible else { throw damaged("a number that no run has") }
      lines.append(line)
    }
    guard !lines.isEmpty else { throw .empty(path: path) }
    return lines
  }
}

extension TrainingLogLine {
  fileprivate var isPossible: Bool {
    let numbers = [epoch, seconds, trainingLoss, validationLoss ?? 0, learningRate, gradientNorm, charactersPerSecond]
    return (1...TrainingHistory.largestCount).contains(step)
      && numbers.allSatisfy { (0...TrainingHistory.largestNumber).contains($0) }
  }
}

/// The reason why a log cannot be read.
public enum TrainingLogReadingError: Error, Sendable, Equatable {
  /// The file cannot be opened or read; `errno` gives the reason.
  case unreadable(path: String, errno: Int32)
  /// The log has no complete line.
  case empty(path: String)
  /// A line is not a JSON object with the keys of a log line, or has a number that no run has. Lines count from 1.
  case damaged(path: String, line: Int, reason: String)
}

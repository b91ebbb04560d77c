import CharLSTM

extension TrainingReport {
  /// Whether the page may be written to `path`. It may if there is no file yet, or if the file is the page of a
  /// training run.
  public static func mayStand(at path: String) -> Bool {
    do {
      guard try FileStatus.ofFile(at: path) != nil else { return true }
      var beginning = [UInt8](repeating: 0, count: 1024)
      let count = try FileDescriptor(opening: path, for: .readingAtOnce).fill(&beginning)
      let text = String(decoding: beginning[..<count], as: UTF8.self)
      return text.hasPrefix("<!doctype html>\n<html lang=\"en\">\n<head>\n")
        && text.contains("\n<meta name=\"generator\" content=\"\(generator)\">\n")
    } catch {
      // a file that cannot be read might be anything, so it is kept
      return false
    }
  }

  /// Writes the page atomically. It replaces only a file that is itself the page of a training run.
  /// - Throws: `TrainingReportError`.
  public func write(to path: String) throws(TrainingReportError) {
    guard Self.mayStand(at: path) else { throw .foreign(path: path) }
    do { try AtomicFile.write(Array(html.utf8), to: path) } catch { throw .notWritten(path: path, error) }
  }
}

/// The reason why the page of a training run was not written. The run continues without it.
public enum TrainingReportError: Error, Sendable, Equatable {
  /// The file at this path is not the page of a training run.
  case foreign(path: String)
  /// Writing failed. The error says at which step. The previous file is unchanged, unless the step was `syncFolder`.
  case notWritten(path: String, AtomicFileError)
}

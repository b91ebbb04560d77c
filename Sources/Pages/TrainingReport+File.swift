import CharLSTM

extension TrainingReport {
  /// Whether a page may be written at the path: nothing stands there, or the page of a training run.
  public static func mayStand(at path: String) -> Bool {
    do {
      guard try FileStatus.ofFile(at: path) != nil else { return true }
      var beginning = [UInt8](repeating: 0, count: 1024)
      let count = try FileDescriptor(opening: path, for: .readingAtOnce).fill(&beginning)
      let text = String(decoding: beginning[..<count], as: UTF8.self)
      return text.hasPrefix("<!doctype html>\n<html lang=\"en\">\n<head>\n")
        && text.contains("\n<meta name=\"generator\" content=\"\(generator)\">\n")
    } catch {
      // what cannot be read is left alone
      return false
    }
  }

  /// Writes the page as a whole or not at all, and never over anything but such a page.
  /// - Throws: `TrainingReportError`.
  public func write(to path: String) throws(TrainingReportError) {
    guard Self.mayStand(at: path) else { throw .foreign(path: path) }
    do { try AtomicFile.write(Array(html.utf8), to: path) } catch { throw .notWritten(path: path, error) }
  }
}

/// Why the page of a training run was not written. The run does not depend on it.
public enum TrainingReportError: Error, Sendable, Equatable {
  /// Something else stands at its path.
  case foreign(path: String)
  /// Writing failed; the error says at what, and what stood at the path is as it was unless at `syncFolder`.
  case notWritten(path: String, AtomicFileError)
}

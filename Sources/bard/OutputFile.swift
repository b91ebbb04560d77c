import CharLSTM
import REPL

/// Where a command's result goes: standard output, or a file that appears whole or not at all.
final class OutputFile {
  let path: String
  /// Standard output is read while it is written.
  var isStandardOutput: Bool { path == "-" }
  private var file: AtomicFile.Writer?

  /// Opens a file, or standard output for "-".
  /// - Parameters:
  ///   - force: whether a file that is there may be replaced.
  ///   - option: what the path was given with.
  init(path: String, force: Bool, option: String = "--output") throws {
    self.path = path
    if isStandardOutput { return }
    if FilePath.exists(path) && !force { throw Failure.exists(path, option: option) }
    do { file = try AtomicFile.Writer(path: path) } catch { throw Failure(error.message) }
  }

  /// - Returns: false where the reader has gone away.
  @discardableResult
  func write(_ bytes: [UInt8]) throws -> Bool {
    guard !isStandardOutput else { return try Terminal.put(bytes) }
    do { try file?.write(bytes) } catch { throw Failure(error.message) }
    return true
  }

  /// The file takes its name.
  func commit() throws {
    do { try file.take()?.commit() } catch { throw Failure(error.message) }
  }

  /// Writes a page, and says so.
  func write(page html: String) throws {
    let bytes = Array(html.utf8)
    try write(bytes)
    try commit()
    Terminal.tell("wrote \(path), \(fixed(Double(bytes.count) / 1e6, 1)) MB")
  }
}

import CharLSTM
import REPL

/// The destination of a command's result: standard output, or a file that is written atomically.
final class OutputFile {
  let path: String
  /// Whether the result goes to standard output.
  var isStandardOutput: Bool { path == "-" }
  private var file: AtomicFile.Writer?

  /// Opens a file, or standard output for "-".
  /// - Parameters:
  ///   - force: whether an existing file may be replaced.
  ///   - option: the option that gave the path.
  ///   - inputs: the files that the command reads; none of them is replaced.
  init(path: String, force: Bool, option: String = "--output", inputs: [String]) throws {
    self.path = path
    if isStandardOutput { return }
    if path.isEmpty { throw Failure("\(option) needs the name of a file.") }
    if FilePath.isFolder(path) { throw Failure("\(path) is a folder. Give \(option) the name of a file.") }
    if let input = inputs.first(where: { FilePath.isSameFile($0, path) }) {
      throw Failure(
        "\(option) \(path) would replace \(input), which bard reads. Give another file name with \(option).")
    }
    if FilePath.exists(path) && !force { throw Failure.exists(path, option: option) }
    do { file = try AtomicFile.Writer(path: path) } catch { throw Failure(error.message) }
  }

  /// - Returns: false if the reader has gone away.
  @discardableResult
  func write(_ bytes: [UInt8]) throws -> Bool {
    guard !isStandardOutput else { return try Terminal.put(bytes) }
    do { try file?.write(bytes) } catch { throw Failure(error.message) }
    return true
  }

  /// Gives the complete file its name.
  func commit() throws {
    do { try file.take()?.commit() } catch { throw Failure(error.message) }
  }

  /// Writes a page and reports it.
  func write(page html: String) throws {
    let bytes = Array(html.utf8)
    try write(bytes)
    try commit()
    Terminal.tell("Wrote \(path) (\(fixed(Double(bytes.count) / 1e6, 1)) MB).")
  }
}

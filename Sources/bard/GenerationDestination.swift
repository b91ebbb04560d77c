import CharLSTM
import REPL

/// Where generated texts go: standard output, or a file that appears whole or not at all.
final class GenerationDestination {
  /// Standard output is read while it is written.
  let isStandardOutput: Bool
  private var file: AtomicFile.Writer?

  /// - Parameter option: what the path was given with.
  init(path: String, force: Bool, option: String = "--output") throws {
    isStandardOutput = path == "-"
    if isStandardOutput { return }
    if fileExists(path) && !force {
      throw Failure("\(path) exists already. Give another \(option), or overwrite it with --force.")
    }
    do { file = try AtomicFile.Writer(path: path) } catch { throw Failure(error.words) }
  }

  /// - Returns: false where the reader has gone away.
  func write(_ bytes: [UInt8]) throws -> Bool {
    guard !isStandardOutput else { return try Terminal.put(bytes) }
    do { try file?.write(bytes) } catch { throw Failure(error.words) }
    return true
  }

  /// The file takes its name.
  func commit() throws {
    do { try file.take()?.commit() } catch { throw Failure(error.words) }
  }
}

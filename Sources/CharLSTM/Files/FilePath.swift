/// Small operations on file paths.
package enum FilePath {
  /// The file name without its folders.
  package static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The folder that contains a file, with a slash at its end; `./` for the working directory.
  package static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
  }

  /// Whether there is a file, a folder or anything else at the path, and it can be inspected.
  package static func exists(_ path: String) -> Bool { status(path) != nil }

  /// Whether there is a folder at the path.
  package static func isFolder(_ path: String) -> Bool { status(path)?.isFolder ?? false }

  /// Whether there is a regular file at the path, and it is not empty.
  package static func hasContents(_ path: String) -> Bool {
    status(path).map { $0.isRegularFile && $0.byteCount > 0 } ?? false
  }

  /// nil if there is no file, or if it cannot be inspected.
  private static func status(_ path: String) -> FileStatus? {
    do { return try FileStatus.ofFile(at: path) } catch { return nil }
  }

  /// Whether two paths lead to the same file, under any names and links.
  package static func isSameFile(_ path: String, _ other: String) -> Bool {
    guard let first = status(path), let second = status(other) else { return false }
    return first.isSameFile(as: second)
  }

  /// Checks that the file can be written, or that files can be created in the folder.
  package static func checkWritable(_ path: String) throws(SystemError) { try System.checkWritable(path) }

  /// Removes a file if it exists.
  package static func remove(_ path: String) throws(SystemError) {
    do throws(SystemError) { try System.remove(path) } catch {
      if error != .missing { throw error }
    }
  }
}

/// Small operations on file paths.
package enum FilePath {
  /// The file name without its folders.
  package static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The folder that contains a file, with a slash at its end; `./` for the working directory.
  package static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
  }

  /// Whether there is a file, a folder or anything else at the path, and it can be inspected.
  package static func exists(_ path: String) -> Bool {
    do { return try FileStatus.ofFile(at: path) != nil } catch { return false }
  }

  /// Whether two paths lead to the same file, under any names and links.
  package static func isSameFile(_ path: String, _ other: String) -> Bool {
    do {
      guard let status = try FileStatus.ofFile(at: path), let second = try FileStatus.ofFile(at: other) else {
        return false
      }
      return status.isSameFile(as: second)
    } catch {
      return false
    }
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

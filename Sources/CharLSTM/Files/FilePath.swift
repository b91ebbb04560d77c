/// Questions about paths and what stands there, for whoever reads and writes files by name.
package enum FilePath {
  /// The name without its folders.
  package static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The folder that a file stands in, with the slash at its end; ./ for the working folder.
  package static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
  }

  /// Whether anything stands there that can be looked at.
  package static func exists(_ path: String) -> Bool {
    do { return try FileStatus.ofFile(at: path) != nil } catch { return false }
  }

  /// Whether two paths lead to one file, by whatever names and links.
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

  /// Checks that what stands there may be written, or written into.
  package static func checkWritable(_ path: String) throws(SystemError) { try System.checkWritable(path) }

  /// Removes a file, where there is one.
  package static func remove(_ path: String) throws(SystemError) {
    do throws(SystemError) { try System.remove(path) } catch {
      if error != .missing { throw error }
    }
  }
}

/// Writes files atomically: a file appears complete, or it does not appear.
///
/// The bytes go to a hidden temporary file beside the target, `.NAME.tmp-PID-n`. They are synced to the disk, and then
/// the file is renamed to the target's name in one step. If anything fails before the rename, the target is unchanged.
///
/// If the target is a symbolic link, the link stays and the file it points to is replaced. A replaced file keeps its
/// permissions. A read-only file is not replaced. A new file gets the permissions 0644, less the umask.
public enum AtomicFile {
  /// Writes a file that contains `bytes` at `path`.
  /// - Throws: ``AtomicFileError``. The target is then unchanged, except after
  ///   ``AtomicFileError/Operation/syncFolder``, and no temporary file is left.
  public static func write(_ bytes: [UInt8], to path: String) throws(AtomicFileError) {
    var writer = try Writer(path: path)
    try writer.write(bytes)
    try writer.commit()
  }

  /// Makes system calls, and reports their failure as a failed `operation` on `path`.
  static func calling<Value: ~Copyable>(
    _ operation: AtomicFileError.Operation, _ path: String, _ calls: () throws(SystemError) -> Value
  ) throws(AtomicFileError) -> Value {
    do throws(SystemError) {
      return try calls()
    } catch {
      throw .system(operation: operation, path: path, errno: error.number)
    }
  }
}

/// The final path of a file, with all symbolic links followed.
struct AtomicFileTarget: Sendable {
  let path: String
  /// The permissions of the existing file; nil if there is no file yet.
  let permissions: FilePermissions?

  /// The longest chain of symbolic links that is followed. Linux has the same limit.
  private static let linkLimit = 40

  /// Follows the symbolic links from `path`.
  init(_ path: String) throws(AtomicFileError) {
    let status = try AtomicFile.calling(.inspect, path) { () throws(SystemError) in
      let status = try FileStatus.ofFile(at: path)
      if status != nil { try System.checkWritable(path) }
      return status
    }
    if let status, !status.isRegularFile { throw .notAFile(path: path) }
    permissions = status?.permissions
    self.path = try AtomicFile.calling(.inspect, path) { () throws(SystemError) in
      var target = path
      for _ in 0..<Self.linkLimit {
        guard let destination = try System.destination(ofLink: target) else { return target }
        target = destination.hasPrefix("/") ? destination : Self.folder(of: target) + destination
      }
      throw SystemError.tooManyLinks
    }
  }

  /// The folder with a slash at its end; empty for the working directory.
  var folder: String { Self.folder(of: path) }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// The path of a temporary file beside the target.
  func temporaryPath(number: UInt64) -> String {
    // A file name may have at most 255 bytes. The beginning of a long name is enough to identify the leftover.
    var name = path.dropFirst(folder.count)
    while name.utf8.count > 200 { name.removeLast() }
    return "\(folder).\(name).tmp-\(System.processID)-\(number)"
  }
}

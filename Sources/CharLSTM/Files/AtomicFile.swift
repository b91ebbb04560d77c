/// Files that appear whole or not at all.
///
/// The bytes go to a hidden temporary file beside the target, `.NAME.tmp-PID-n`, are synced to the disk, and take the
/// target's name in one step. Whatever happens before that step leaves the target as it was. A target that is a symbolic
/// link stays one: the file it leads to is replaced. A replaced file keeps its permissions, and one that its owner made
/// read-only is refused, as it is to any other writer; a new file gets 0644 less the umask.
public enum AtomicFile {
  /// Writes a file of `bytes` at `path`.
  /// - Throws: ``AtomicFileError``; the target is then as it was, but for
  ///   ``AtomicFileError/Operation/syncFolder``, and no temporary file is left.
  public static func write(_ bytes: [UInt8], to path: String) throws(AtomicFileError) {
    var writer = try Writer(path: path)
    try writer.write(bytes)
    try writer.commit()
  }

  /// Makes system calls whose failure is an `operation` on `path`.
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

/// Where a file goes: its folder and its name there, after all symbolic links.
struct AtomicFileTarget: Sendable {
  let path: String
  /// Nil if there is no such file yet.
  let permissions: FilePermissions?

  /// The most links one after the other: Linux' own limit.
  private static let linkLimit = 40

  /// Finds what `path` leads to.
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

  /// The folder with the slash at its end; empty for the working directory.
  var folder: String { Self.folder(of: path) }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// The path of a temporary file beside the target.
  func temporaryPath(number: UInt64) -> String {
    // A name may have 255 bytes. Of a long one the beginning is enough to tell whose leftover it is.
    var name = path.dropFirst(folder.count)
    while name.utf8.count > 200 { name.removeLast() }
    return "\(folder).\(name).tmp-\(System.processID)-\(number)"
  }
}

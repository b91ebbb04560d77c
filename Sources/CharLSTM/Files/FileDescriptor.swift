/// An open file or folder, which is closed when its owner drops it.
///
/// Foundation's equivalent is not enough: exclusive creation, folder syncing and error numbers need the system's own
/// calls.
package struct FileDescriptor: ~Copyable, Sendable {
  /// The purpose for which a file is opened.
  package enum Access: Sendable {
    /// For reading. Opening a pipe waits until a process writes to it.
    case reading
    /// For reading. Opening a pipe returns at once.
    case readingAtOnce
    /// For inspecting or syncing a folder.
    case folder
    /// For appending. The file is created if it does not exist.
    case appending
    /// For overwriting. The file is created if it does not exist.
    case replacing
    /// For writing a file that must not exist yet.
    case creating
  }

  private let number: Int32

  /// Opens `path`. A new file gets `permissions`, less the umask.
  package init(opening path: String, for access: Access, permissions: FilePermissions = 0o644) throws(SystemError) {
    number = try System.open(path, access, permissions)
  }

  deinit {
    // Writers sync before they close the file, so a failure to close carries no further information.
    System.close(number)
  }

  /// The file's type, size and permissions.
  package func status() throws(SystemError) -> FileStatus { try System.status(of: number) }

  /// Reads the next bytes of the file into `block`, at most as many as it holds.
  /// - Returns: The number of bytes read; 0 at the end of the file.
  package func fill(_ block: inout [UInt8]) throws(SystemError) -> Int { try System.read(number, into: &block) }

  /// Reads at most `limit` bytes of a regular file, starting at `offset`, into the beginning of `block`.
  /// - Returns: The number of bytes read; 0 if `offset` is at or after the end.
  func fill(_ block: inout [UInt8], limit: Int, at offset: Int) throws(SystemError) -> Int {
    precondition(limit <= block.count, "limit of \(limit) bytes, block of \(block.count)")
    return try System.read(number, into: &block, limit: limit, at: offset)
  }

  /// Reads all remaining bytes, to the end of the file or until the pipe is closed.
  func readToEnd() throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = try fill(&block)
      if count == 0 { return bytes }
      bytes += block[..<count]
    }
  }

  /// Writes all of `bytes`.
  package func append(_ bytes: [UInt8]) throws(SystemError) {
    var rest = bytes
    while !rest.isEmpty {
      // The system may write fewer bytes than it is given: when there are more than 2 GB, or when the disk is nearly
      // full.
      let count = try System.write(number, rest)
      rest.removeFirst(count)
    }
  }

  func setPermissions(_ permissions: FilePermissions) throws(SystemError) {
    try System.setPermissions(permissions, of: number)
  }

  /// Waits until everything written so far is on the disk.
  func sync() throws(SystemError) { try System.sync(number) }
}

/// An open file or folder, closed when its owner goes.
///
/// It exists beside Foundation's because a temporary file that must not exist yet, a synced folder and error numbers need
/// the system's own calls, and because a program that only reads a checkpoint then starts without loading Foundation.
package struct FileDescriptor: ~Copyable, Sendable {
  /// What a file is opened for.
  package enum Access: Sendable {
    /// Reading; a pipe is waited for until someone writes into it.
    case reading
    /// Reading, and a pipe is opened at once.
    case readingAtOnce
    /// Looking at a folder, or syncing it.
    case folder
    /// Writing behind what is there; a file that is not there is created.
    case appending
    /// Writing over what is there; a file that is not there is created.
    case replacing
    /// Writing a file that must not be there yet.
    case creating
  }

  private let number: Int32

  /// Opens `path`; a file that is created gets `permissions`, less the umask.
  package init(opening path: String, for access: Access, permissions: FilePermissions = 0o644) throws(SystemError) {
    number = try System.open(path, access, permissions)
  }

  deinit {
    // Whoever writes has synced before; there is nothing that a failure here could still say.
    System.close(number)
  }

  /// What the system says about the file.
  package func status() throws(SystemError) -> FileStatus { try System.status(of: number) }

  /// Reads what comes next in the file, at most as much as `block` holds, and returns how much that was: 0 at the end.
  package func fill(_ block: inout [UInt8]) throws(SystemError) -> Int { try System.read(number, into: &block) }

  /// Reads at most `limit` bytes from `offset` of a regular file on to the beginning of `block`, and returns how many there
  /// were: 0 behind the end.
  func fill(_ block: inout [UInt8], limit: Int, at offset: Int) throws(SystemError) -> Int {
    precondition(limit <= block.count, "\(limit) bytes in a block of \(block.count)")
    return try System.read(number, into: &block, limit: limit, at: offset)
  }

  /// All that comes next, to the end of a file or of what a pipe gives.
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
      // The system may take less than it is offered: of more than 2 GB, or when the disk is about to be full.
      let count = try System.write(number, rest)
      rest.removeFirst(count)
    }
  }

  func setPermissions(_ permissions: FilePermissions) throws(SystemError) {
    try System.setPermissions(permissions, of: number)
  }

  /// Returns when what was written is on the disk.
  func sync() throws(SystemError) { try System.sync(number) }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open file or folder, closed when its owner goes.
///
/// It exists beside Foundation's because a temporary file that must not exist yet, a synced folder and error numbers need
/// the system's own calls, and because a program that only reads a checkpoint then starts without loading Foundation.
struct FileDescriptor: ~Copyable, Sendable {
  private let number: Int32

  /// Opens `path` with the flags of open(2); a file that is created gets `permissions`, less the umask.
  init(opening path: String, _ flags: Int32, permissions: mode_t = 0) throws(SystemError) {
    number = try SystemError.check { open(path, flags | O_CLOEXEC, permissions) }
  }

  deinit {
    // Whoever writes has synced before; there is nothing that a failure here could still say.
    _ = close(number)
  }

  func status() throws(SystemError) -> FileStatus {
    var record = stat()
    _ = try SystemError.check { fstat(number, &record) }
    return FileStatus(record)
  }

  /// Reads what comes next in the file, at most as much as `block` holds, and returns how much that was: 0 at the end.
  func fill(_ block: inout [UInt8]) throws(SystemError) -> Int {
    let limit = block.count
    return try SystemError.check { read(number, &block, limit) }
  }

  /// Reads at most `limit` bytes from `offset` of a regular file on to the beginning of `block`, and returns how many there
  /// were: 0 behind the end.
  func fill(_ block: inout [UInt8], limit: Int, at offset: Int) throws(SystemError) -> Int {
    precondition(limit <= block.count, "\(limit) bytes in a block of \(block.count)")
    return try SystemError.check { pread(number, &block, limit, off_t(offset)) }
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
  func append(_ bytes: [UInt8]) throws(SystemError) {
    var rest = bytes
    while !rest.isEmpty {
      // The system may take less than it is offered: of more than 2 GB, or when the disk is about to be full.
      let count = try SystemError.check { write(number, rest, rest.count) }
      rest.removeFirst(count)
    }
  }

  func setPermissions(_ permissions: mode_t) throws(SystemError) {
    _ = try SystemError.check { fchmod(number, permissions) }
  }

  /// Returns when what was written is on the disk.
  func sync() throws(SystemError) {
    _ = try SystemError.check { fsync(number) }
  }
}

/// What the system says about a file.
struct FileStatus {
  let isRegularFile: Bool
  let byteCount: Int
  /// Who may read, write and execute it: the lower nine bits of its mode.
  let permissions: mode_t

  init(_ record: stat) {
    isRegularFile = record.st_mode & S_IFMT == S_IFREG
    byteCount = Int(record.st_size)
    permissions = record.st_mode & 0o777
  }

  /// The status of what stands at `path`, at the end of all symbolic links; nil if nothing does.
  static func ofFile(at path: String) throws(SystemError) -> FileStatus? {
    var record = stat()
    do throws(SystemError) {
      _ = try SystemError.check { stat(path, &record) }
      return FileStatus(record)
    } catch {
      if error.number == ENOENT { return nil }
      throw error
    }
  }
}

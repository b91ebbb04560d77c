#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The permissions to read, write and execute a file: the lower nine bits of its mode.
package typealias FilePermissions = mode_t

/// The system calls on files that this module uses. No other file of the module depends on the platform's C library.
enum System {
  static func open(
    _ path: String, _ access: FileDescriptor.Access, _ permissions: FilePermissions
  ) throws(SystemError) -> Int32 {
    let flags =
      switch access {
      case .reading: O_RDONLY
      case .readingAtOnce: O_RDONLY | O_NONBLOCK
      case .folder: O_RDONLY | O_DIRECTORY
      case .appending: O_WRONLY | O_CREAT | O_APPEND
      case .replacing: O_WRONLY | O_CREAT | O_TRUNC
      case .creating: O_WRONLY | O_CREAT | O_EXCL
      }
    return try SystemError.check { systemOpen(path, flags | O_CLOEXEC, permissions) }
  }

  static func close(_ descriptor: Int32) { systemClose(descriptor) }

  static func read(_ descriptor: Int32, into block: inout [UInt8]) throws(SystemError) -> Int {
    let limit = block.count
    return try SystemError.check { systemRead(descriptor, &block, limit) }
  }

  static func read(
    _ descriptor: Int32, into block: inout [UInt8], limit: Int, at offset: Int
  ) throws(SystemError) -> Int {
    try SystemError.check { pread(descriptor, &block, limit, off_t(offset)) }
  }

  static func write(_ descriptor: Int32, _ bytes: [UInt8]) throws(SystemError) -> Int {
    try SystemError.check { systemWrite(descriptor, bytes, bytes.count) }
  }

  static func sync(_ descriptor: Int32) throws(SystemError) { _ = try SystemError.check { fsync(descriptor) } }

  static func setPermissions(_ permissions: FilePermissions, of descriptor: Int32) throws(SystemError) {
    _ = try SystemError.check { fchmod(descriptor, permissions) }
  }

  static func status(of descriptor: Int32) throws(SystemError) -> FileStatus {
    var record = stat()
    _ = try SystemError.check { fstat(descriptor, &record) }
    return FileStatus(record)
  }

  static func status(ofFileAt path: String) throws(SystemError) -> FileStatus? {
    var record = stat()
    do throws(SystemError) {
      _ = try SystemError.check { stat(path, &record) }
      return FileStatus(record)
    } catch {
      if error == .missing { return nil }
      throw error
    }
  }

  static func checkWritable(_ path: String) throws(SystemError) { _ = try SystemError.check { access(path, W_OK) } }

  static func rename(_ path: String, to target: String) throws(SystemError) {
    _ = try SystemError.check { systemRename(path, target) }
  }

  static func remove(_ path: String) throws(SystemError) { _ = try SystemError.check { unlink(path) } }

  /// The destination of the symbolic link at `path`; nil if there is no link.
  static func destination(ofLink path: String) throws(SystemError) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    do throws(SystemError) {
      let count = try SystemError.check { readlink(path, &buffer, Int(PATH_MAX)) }
      // A name that is not valid UTF-8 cannot be joined with other strings here. A repaired name would be that of
      // another file.
      guard let text = String(validating: buffer[..<count], as: UTF8.self) else { throw SystemError(number: EILSEQ) }
      return text
    } catch {
      if error == .invalid || error == .missing { return nil }
      throw error
    }
  }

  static var processID: Int32 { getpid() }
}

/// The reason why the system refused a call: the value of `errno`.
package struct SystemError: Error, Equatable {
  package let number: Int32

  /// There is nothing at the path.
  package static let missing = SystemError(number: ENOENT)
  /// There is already something at the path.
  static let exists = SystemError(number: EEXIST)
  /// There is a folder where a file was expected.
  static let isFolder = SystemError(number: EISDIR)
  /// The arguments of the call make no sense for this file.
  static let invalid = SystemError(number: EINVAL)
  /// The file system does not support the call.
  static let notSupported = SystemError(number: ENOTSUP)
  /// The chain of symbolic links is too long, or it never ends.
  static let tooManyLinks = SystemError(number: ELOOP)

  /// Makes a call, and repeats it while signals interrupt it. A negative result is a failure.
  static func check<Value: SignedInteger>(_ call: () -> Value) throws(SystemError) -> Value {
    while true {
      let value = call()
      if value >= 0 { return value }
      let number = errno
      if number != EINTR { throw SystemError(number: number) }
    }
  }

  /// The system's description of the error.
  package var words: String { systemWords(forErrno: number) }
}

/// The system's description of an error number.
package func systemWords(forErrno code: Int32) -> String { String(cString: strerror(code)) }

/// What the system reports about a file: its type, size and permissions.
package struct FileStatus: Equatable {
  package let isRegularFile: Bool
  let isFolder: Bool
  package let byteCount: Int
  let permissions: FilePermissions
  /// These two numbers identify the file under any name.
  private let device: UInt64
  private let fileNumber: UInt64

  init(_ record: stat) {
    isRegularFile = record.st_mode & S_IFMT == S_IFREG
    isFolder = record.st_mode & S_IFMT == S_IFDIR
    byteCount = Int(record.st_size)
    permissions = record.st_mode & 0o777
    device = UInt64(truncatingIfNeeded: record.st_dev)
    fileNumber = UInt64(truncatingIfNeeded: record.st_ino)
  }

  /// The status of the file at `path`, with all symbolic links followed; nil if there is none.
  package static func ofFile(at path: String) throws(SystemError) -> FileStatus? {
    try System.status(ofFileAt: path)
  }

  /// Whether both describe the same file.
  func isSameFile(as other: FileStatus) -> Bool { device == other.device && fileNumber == other.fileNumber }
}

// inside `System` these names refer to its own functions
private func systemOpen(_ path: String, _ flags: Int32, _ permissions: mode_t) -> Int32 {
  open(path, flags, permissions)
}
private func systemClose(_ descriptor: Int32) { _ = close(descriptor) }
private func systemRead(_ descriptor: Int32, _ block: inout [UInt8], _ limit: Int) -> Int {
  read(descriptor, &block, limit)
}
private func systemWrite(_ descriptor: Int32, _ bytes: [UInt8], _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
private func systemRename(_ path: String, _ target: String) -> Int32 { rename(path, target) }

import Synchronization

extension AtomicFile {
  /// A file that is being written. Nothing appears at its path before ``commit()``.
  ///
  /// The writer has a single owner. If the owner drops it without committing, by ``discard()`` or because of an error,
  /// the writer removes its temporary file. Only a killed process leaves a temporary file behind.
  public struct Writer: ~Copyable, Sendable {
    /// The path as the caller gave it.
    public let path: String

    private let target: AtomicFileTarget
    private let temporaryPath: String
    private let file: FileDescriptor
    private let folder: FileDescriptor
    private var pending: [UInt8] = []
    private var isCommitted = false

    /// Small writes are collected up to this number of bytes before they are passed to the system.
    private static let pendingLimit = 64 * 1024

    private static let counter = Atomic<UInt64>(0)

    /// Creates the temporary file for `path`. A path that cannot be written is reported here, before any work is done
    /// for it.
    /// - Throws: ``AtomicFileError/notAFile(path:)``, or ``AtomicFileError/system(operation:path:errno:)`` with the
    ///   operation `inspect`, `openFolder` or `create`.
    public init(path: String) throws(AtomicFileError) {
      let target = try AtomicFileTarget(path)
      let folderPath = target.folder.isEmpty ? "." : target.folder
      let folder = try AtomicFile.calling(.openFolder, folderPath) { () throws(SystemError) in
        try FileDescriptor(opening: folderPath, for: .folder)
      }
      var temporaryPath = ""
      let file = try Self.temporaryFile(for: target, path: &temporaryPath)
      self.path = path
      self.target = target
      self.temporaryPath = temporaryPath
      self.folder = folder
      self.file = file
    }

    deinit {
      guard !isCommitted else { return }
      // a failure here only leaves the temporary file behind, and a deinitializer has no caller to report it to
      do { try System.remove(temporaryPath) } catch {}
    }

    /// Appends `bytes` to the file.
    /// - Throws: ``AtomicFileError/system(operation:path:errno:)`` with the operation `write`. The file is then
    ///   incomplete: discard it.
    public mutating func write(_ bytes: [UInt8]) throws(AtomicFileError) {
      if pending.count + bytes.count <= Self.pendingLimit {
        pending += bytes
      } else {
        try flush()
        try append(bytes)
      }
    }

    /// Writes everything to the disk and then gives the file its name.
    /// - Throws: ``AtomicFileError/system(operation:path:errno:)`` with the operation `write`, `setPermissions`,
    ///   `sync`, `rename` or `syncFolder`.
    public consuming func commit() throws(AtomicFileError) {
      try flush()
      if let permissions = target.permissions {
        try calling(.setPermissions) { (file) throws(SystemError) in try file.setPermissions(permissions) }
      }
      try calling(.sync) { (file) throws(SystemError) in try file.sync() }
      let (from, to) = (temporaryPath, target.path)
      try AtomicFile.calling(.rename, to) { () throws(SystemError) in
        try System.rename(from, to: to)
      }
      isCommitted = true
      try syncFolder()
    }

    /// Removes the temporary file and leaves the file at the path unchanged.
    public consuming func discard() {}

    // MARK: Steps

    private mutating func flush() throws(AtomicFileError) {
      try append(pending)
      pending.removeAll(keepingCapacity: true)
    }

    private func append(_ bytes: [UInt8]) throws(AtomicFileError) {
      try calling(.write) { (file) throws(SystemError) in try file.append(bytes) }
    }

    private func calling(
      _ operation: AtomicFileError.Operation, _ call: (borrowing FileDescriptor) throws(SystemError) -> Void
    ) throws(AtomicFileError) {
      do throws(SystemError) {
        try call(file)
      } catch {
        throw .system(operation: operation, path: target.path, errno: error.number)
      }
    }

    private func syncFolder() throws(AtomicFileError) {
      do throws(SystemError) {
        try folder.sync()
      } catch {
        // Some network and FUSE file systems store names at once and report that a folder cannot be synced.
        if error == .invalid || error == .notSupported { return }
        throw .system(operation: .syncFolder, path: target.folder, errno: error.number)
      }
    }

    /// Creates a file that did not exist before. Its number comes from a counter of this process. If an earlier process
    /// with the same id left a file with that number, the next number is tried.
    private static func temporaryFile(
      for target: AtomicFileTarget, path: inout String
    ) throws(AtomicFileError) -> FileDescriptor {
      // While a private file is being replaced, no other user may read the temporary file.
      let permissions: FilePermissions = target.permissions == nil ? 0o644 : 0o600
      while true {
        path = target.temporaryPath(number: counter.add(1, ordering: .relaxed).oldValue)
        do throws(SystemError) {
          return try FileDescriptor(opening: path, for: .creating, permissions: permissions)
        } catch {
          if error != .exists { throw .system(operation: .create, path: target.path, errno: error.number) }
        }
      }
    }
  }
}

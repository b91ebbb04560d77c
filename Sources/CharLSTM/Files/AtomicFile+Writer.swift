import Synchronization

extension AtomicFile {
  /// A file in the making: nothing of it is seen at its path before ``commit()``.
  ///
  /// It has one owner. When that goes without having committed, be it by ``discard()`` or by an error on the way, the
  /// temporary file goes too. Only a killed process leaves one behind.
  public struct Writer: ~Copyable, Sendable {
    /// The path as it was given.
    public let path: String

    private let target: AtomicFileTarget
    private let temporaryPath: String
    private let file: FileDescriptor
    private let folder: FileDescriptor
    private var pending: [UInt8] = []
    private var isCommitted = false

    /// Small pieces are collected up to this many bytes before the system is asked to write them.
    private static let pendingLimit = 64 * 1024

    private static let counter = Atomic<UInt64>(0)

    /// Begins a file that will stand at `path`.
    /// - Throws: ``AtomicFileError/notAFile(path:)``, or ``AtomicFileError/system(operation:path:errno:)`` of
    ///   `inspect`, `openFolder` or `create`: a path that cannot be written is known before any work is done for it.
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
      // it is a leftover in any case; there is no one left to hear that it stays
      do { try System.remove(temporaryPath) } catch {}
    }

    /// Adds `bytes` to the file.
    /// - Throws: ``AtomicFileError/system(operation:path:errno:)`` of `write`. The file is then not complete: discard it.
    public mutating func write(_ bytes: [UInt8]) throws(AtomicFileError) {
      if pending.count + bytes.count <= Self.pendingLimit {
        pending += bytes
      } else {
        try flush()
        try append(bytes)
      }
    }

    /// Gives the file its name, once everything in it is on the disk.
    /// - Throws: ``AtomicFileError/system(operation:path:errno:)`` of `write`, `setPermissions`, `sync`, `rename` or
    ///   `syncFolder`.
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

    /// Gives the file up; what stands at the path stays as it is.
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
        throw .system(operation: operation, path: temporaryPath, errno: error.number)
      }
    }

    private func syncFolder() throws(AtomicFileError) {
      do throws(SystemError) {
        try folder.sync()
      } catch {
        // Some network and FUSE file systems keep names without being asked, and say that there is nothing to sync.
        if error == .invalid || error == .notSupported { return }
        throw .system(operation: .syncFolder, path: target.folder, errno: error.number)
      }
    }

    /// Creates a file that did not exist. Its number is the next of this process; leftovers of an earlier process of the
    /// same id are passed over.
    private static func temporaryFile(
      for target: AtomicFileTarget, path: inout String
    ) throws(AtomicFileError) -> FileDescriptor {
      // Nobody else is to read along while a private file is replaced.
      let permissions: FilePermissions = target.permissions == nil ? 0o644 : 0o600
      while true {
        path = target.temporaryPath(number: counter.add(1, ordering: .relaxed).oldValue)
        do throws(SystemError) {
          return try FileDescriptor(opening: path, for: .creating, permissions: permissions)
        } catch {
          if error != .exists { throw .system(operation: .create, path: path, errno: error.number) }
        }
      }
    }
  }
}

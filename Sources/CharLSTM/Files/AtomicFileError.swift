/// The reason why a file could not be written atomically.
public enum AtomicFileError: Error, Equatable, Sendable {
  /// There is a folder, a pipe or a device at the path. Only a regular file can be replaced.
  case notAFile(path: String)
  /// The system refused `operation` while the file at `path` was being written; `errno` gives the reason. For
  /// `openFolder` and `syncFolder`, the path is that of the folder.
  case system(operation: Operation, path: String, errno: Int32)

  /// The steps of writing a file.
  public enum Operation: String, Sendable, CaseIterable {
    /// Following symbolic links and inspecting the file at the path.
    case inspect
    /// Opening the folder that will contain the file.
    case openFolder
    /// Creating the temporary file in that folder.
    case create
    /// Writing into the temporary file.
    case write
    /// Copying the permissions of the file that is being replaced.
    case setPermissions
    /// Waiting until the bytes are on the disk.
    case sync
    /// Renaming the temporary file to the target's name.
    case rename
    /// Waiting until the new name is on the disk. If this step fails, the file has already been replaced, but a power
    /// cut could still bring the old file back.
    case syncFolder
  }
}

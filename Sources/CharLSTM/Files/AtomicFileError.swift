/// Why a file could not be written as a whole.
public enum AtomicFileError: Error, Equatable, Sendable {
  /// A folder, a pipe or a device stands at the path; only a file can be replaced.
  case notAFile(path: String)
  /// The system refused `operation` on `path`, which may be the temporary file's or the folder's; `errno` says why.
  case system(operation: Operation, path: String, errno: Int32)

  /// The steps of writing a file.
  public enum Operation: String, Sendable, CaseIterable {
    /// Finding out what stands at the path, at the end of symbolic links.
    case inspect
    /// Opening the folder that the file goes to.
    case openFolder
    /// Creating the temporary file in that folder.
    case create
    /// Writing into the temporary file.
    case write
    /// Giving it the permissions of the file it replaces.
    case setPermissions
    /// Waiting for its bytes to be on the disk.
    case sync
    /// Renaming it.
    case rename
    /// Waiting for the new name to be on the disk. The file has been replaced when this fails; a power cut might still
    /// bring the old one back.
    case syncFolder
  }
}

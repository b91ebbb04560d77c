import CharLSTM

extension AtomicFileError: InWords {
  public var words: String {
    switch self {
    case .notAFile(let path): "\(path) is a folder or a device; name a file."
    case .system(let operation, let path, let code):
      "\(path.isEmpty ? "." : path): cannot \(operation.words): \(systemWords(forErrno: code))"
    }
  }
}

extension AtomicFileError.Operation {
  fileprivate var words: String {
    switch self {
    case .inspect: "be written"
    case .openFolder: "open the folder"
    case .create: "create a file there"
    case .write: "write"
    case .setPermissions: "set its permissions"
    case .sync: "bring it to the disk"
    case .rename: "put the new file in its place"
    case .syncFolder: "bring the folder to the disk"
    }
  }
}

import CharLSTM

extension AtomicFileError: UserError {
  public var message: String {
    switch self {
    case .notAFile(let path): "\(path) is a folder or a device, not a file. Give the name of a file."
    case .system(let operation, let path, let code):
      "\(path.isEmpty ? "." : path): cannot \(operation.verb): \(systemWords(forErrno: code))"
    }
  }
}

extension AtomicFileError.Operation {
  fileprivate var verb: String {
    switch self {
    case .inspect: "write it"
    case .openFolder: "open the folder"
    case .create: "create a file there"
    case .write: "write"
    case .setPermissions: "set its permissions"
    case .sync: "flush it to the disk"
    case .rename: "put the new file in its place"
    case .syncFolder: "flush the folder to the disk"
    }
  }
}

import CharLSTM

extension AtomicFileError: UserError {
  public var message: String {
    switch self {
    case .notAFile(let path): "\(path) is a folder or a device, not a file. Give the name of a file."
    case .system(_, let path, let code):
      "Cannot write \(path.isEmpty ? "." : path): \(systemWords(forErrno: code))."
    }
  }
}

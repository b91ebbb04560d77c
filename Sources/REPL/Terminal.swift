import CharLSTM

/// The standard streams of the process. Text goes to standard output, everything else to standard error.
public enum Terminal {
  public static let standardInput: Int32 = 0
  public static let standardOutput: Int32 = 1
  public static let standardError: Int32 = 2

  /// The number of bytes that are passed to the system at a time.
  private static let block = 1 << 16

  public static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Writes text for a person to see: all bytes at once, without a buffer, so that text appears as it is generated.
  /// - Returns: false if the reader has gone away, or the disk is full.
  @discardableResult
  public static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    error(writing: bytes, to: descriptor) == nil
  }

  /// Writes a result to standard output, without a buffer.
  /// - Returns: false if the reader has gone away.
  /// - Throws: `StandardOutputError`, for example if the disk is full. The output is then incomplete.
  @discardableResult
  public static func put(_ bytes: [UInt8]) throws(StandardOutputError) -> Bool {
    guard let code = error(writing: bytes, to: standardOutput) else { return true }
    guard code == EPIPE else { throw StandardOutputError(code: code) }
    return false
  }

  /// Writes the lines of a result to standard output.
  /// - Throws: `StandardOutputError`, for example if the disk is full.
  public static func put(lines: [String]) throws(StandardOutputError) {
    try put(Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  /// - Returns: the errno of the failure, or nil if all bytes were written.
  private static func error(writing bytes: [UInt8], to descriptor: Int32) -> Int32? {
    if bytes.count > block {
      for start in stride(from: 0, to: bytes.count, by: block) {
        let part = Array(bytes[start..<min(bytes.count, start + block)])
        if let code = error(writing: part, to: descriptor) { return code }
      }
      return nil
    }
    var rest = bytes
    while !rest.isEmpty {
      let count = systemWrite(descriptor, rest, rest.count)
      if count >= 0 {
        rest.removeFirst(count)
      } else if errno == EAGAIN || errno == EWOULDBLOCK {
        // another process made the descriptor non-blocking
        var output = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&output, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }

  /// Writes a message on a line of standard error.
  public static func tell(_ line: String) { write(Array((line + "\n").utf8), to: standardError) }

  /// The number of columns of the terminal at standard error; 80 if it is unknown.
  public static var columns: Int { columns(of: standardError) }

  /// The number of columns of a terminal; 80 if it is unknown, or if this is not a terminal.
  public static func columns(of descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}

// inside `Terminal`, `write` is a method of ours, so the system's function needs another name
private func systemWrite(_ descriptor: Int32, _ bytes: [UInt8], _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

/// Standard output cannot be written; `code` is an errno.
public struct StandardOutputError: Error, Sendable, Equatable {
  public let code: Int32
}

extension StandardOutputError: UserError {
  public var message: String {
    "Cannot write to standard output: \(systemWords(forErrno: code)). The output is incomplete."
  }
}

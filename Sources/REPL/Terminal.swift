import CharLSTM

/// The process' standard streams: text goes to standard output, everything else to standard error.
public enum Terminal {
  public static let standardInput: Int32 = 0
  public static let standardOutput: Int32 = 1
  public static let standardError: Int32 = 2

  /// Bytes that the system is handed at a time.
  private static let block = 1 << 16

  public static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Writes what a person is shown, all bytes at once, unbuffered: text is seen as it is made.
  /// - Returns: false where nobody reads any more, or the disk is full.
  @discardableResult
  public static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    error(writing: bytes, to: descriptor) == nil
  }

  /// Writes to standard output what was asked for, unbuffered.
  /// - Returns: false where nobody reads any more.
  /// - Throws: `StandardOutputError`, where the disk is full for example: the text is then not whole.
  @discardableResult
  public static func put(_ bytes: [UInt8]) throws(StandardOutputError) -> Bool {
    guard let code = error(writing: bytes, to: standardOutput) else { return true }
    guard code == EPIPE else { throw StandardOutputError(code: code) }
    return false
  }

  /// - Returns: the number of the error that ended it.
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
        // somebody made it a descriptor that does not wait
        var output = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&output, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }

  /// A diagnostic line.
  public static func tell(_ line: String) { write(Array((line + "\n").utf8), to: standardError) }

  /// Columns of the terminal that standard error is, 80 where it does not say.
  public static var columns: Int { columns(of: standardError) }

  /// Columns of a terminal, 80 where it does not say or is none.
  public static func columns(of descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}

// `write` within `Terminal` is our own
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

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The process' standard streams: text goes to standard output, everything else to standard error.
public enum Terminal {
  public static let standardInput: Int32 = 0
  public static let standardOutput: Int32 = 1
  public static let standardError: Int32 = 2

  public static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Writes all bytes at once, unbuffered: text is seen as it is made.
  /// - Returns: false where nobody reads any more, or the disk is full.
  @discardableResult
  public static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = systemWrite(descriptor, rest, rest.count)
      if count < 0 && errno != EINTR { return false }
      rest.removeFirst(max(0, count))
    }
    return true
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

import CharLSTM

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An error of the library that a person may cause, in words: what is wrong, where, and what to do next.
public protocol InWords: Error {
  var words: String { get }
}

public func systemWords(forErrno code: Int32) -> String { String(cString: strerror(code)) }

/// Whether anything stands at a path.
public func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }

extension String {
  /// A path as a shell reads it, and as it is completed: `~/` is the home folder.
  var expandingTilde: String {
    guard self == "~" || hasPrefix("~/"), let home = getenv("HOME") else { return self }
    return String(cString: home) + dropFirst()
  }
}

/// Whether two paths lead to one file, by whatever names and links.
public func isSameFile(_ one: String, _ other: String) -> Bool {
  var (first, second) = (stat(), stat())
  guard stat(one, &first) == 0, stat(other, &second) == 0 else { return false }
  return first.st_dev == second.st_dev && first.st_ino == second.st_ino
}

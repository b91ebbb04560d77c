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

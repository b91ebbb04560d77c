#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of one or several files, read as one text.
public struct CorpusText: Sendable {
  /// All files' bytes in order.
  public let bytes: [UInt8]
  private let files: [(path: String, start: Int)]

  /// A text that is no file.
  public init(bytes: [UInt8]) {
    self.bytes = bytes
    files = [("", 0)]
  }

  /// Reads the files in the order given, without anything between them.
  /// - Throws: `CorpusError.unreadable` or `isFolder`.
  public init(paths: [String]) throws(CorpusError) {
    var bytes: [UInt8] = []
    var files: [(path: String, start: Int)] = []
    for path in paths {
      files.append((path, bytes.count))
      do { try FileDescriptor.readAll(of: path, into: &bytes) } catch {
        throw error.number == EISDIR ? .isFolder(path: path) : .unreadable(path: path, errno: error.number)
      }
    }
    self.bytes = bytes
    self.files = files
  }

  /// Where a byte of the text stands: its file, and its offset there.
  func place(of offset: Int) -> (path: String, offset: Int) {
    guard let file = files.last(where: { $0.start <= offset }) else { return ("", offset) }
    return (file.path, offset - file.start)
  }

  /// A 64-bit fingerprint of bytes and length, in hexadecimal: enough to notice that a corpus is another one.
  public var digest: String {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
    func mix(_ word: UInt64) {
      hash = (hash ^ word) &* 0xD6E8_FEB8_6659_FD93
      hash ^= hash >> 32
    }
    var index = 0
    while index + 8 <= bytes.count {
      var word: UInt64 = 0
      for offset in 0..<8 { word |= UInt64(bytes[index + offset]) << (8 * UInt64(offset)) }
      mix(word)
      index += 8
    }
    for byte in bytes[index...] { mix(UInt64(byte)) }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

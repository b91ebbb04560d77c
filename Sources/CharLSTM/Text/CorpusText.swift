/// The bytes of one or several files, read as one text.
///
///     let text = try CorpusText(paths: ["part1.txt", "part2.txt"])
///     let corpus = try Corpus(text, unit: .character)
///
/// Regular files stay on the disk; each pass over the text reads them again, one chunk at a time. An input that can be
/// read only once, such as a pipe, is kept in memory.
public struct CorpusText: Sendable {
  /// One file of the text.
  struct Source: Sendable {
    let path: String
    /// The offset of its first byte in the text.
    let start: Int
    let byteCount: Int
    /// Its bytes, if they are kept in memory.
    let bytes: [UInt8]?
  }

  let sources: [Source]

  /// The length of the whole text, in bytes.
  public var byteCount: Int { sources.last.map { $0.start + $0.byteCount } ?? 0 }

  /// The paths of its files; none for a text from memory.
  var paths: [String] { sources.map(\.path).filter { !$0.isEmpty } }

  /// A text from memory instead of a file.
  public init(bytes: [UInt8]) { sources = [Source(path: "", start: 0, byteCount: bytes.count, bytes: bytes)] }

  /// Joins the files in the given order, with nothing between them. A character may begin in one file and end in the
  /// next.
  ///
  /// - Throws: `CorpusError.unreadable` or `isFolder`.
  /// - Complexity: O(files), plus O(bytes) for inputs that are not regular files.
  public init(paths: [String]) throws(CorpusError) {
    var sources: [Source] = []
    var start = 0
    for path in paths {
      let source: Source
      do { source = try Self.source(path, start: start) } catch { throw CorpusError(error, path: path) }
      sources.append(source)
      start += source.byteCount
    }
    self.sources = sources
  }

  private static func source(_ path: String, start: Int) throws(SystemError) -> Source {
    let file = try FileDescriptor(opening: path, for: .reading)
    let status = try file.status()
    // a file of length 0 may be one that the system generates while it is read, such as those in /proc
    if status.isRegularFile && status.byteCount > 0 {
      return Source(path: path, start: start, byteCount: status.byteCount, bytes: nil)
    }
    let bytes = try file.readToEnd()
    return Source(path: path, start: start, byteCount: bytes.count, bytes: bytes)
  }

  /// The file that contains a byte of the text, and the byte's offset in that file.
  func place(of offset: Int) -> (path: String, offset: Int) {
    guard let source = sources.last(where: { $0.start <= offset }) else { return ("", offset) }
    return (source.path, offset - source.start)
  }

  /// The whole text in memory. Use it for prompts; a corpus is read in chunks.
  ///
  /// - Throws: `CorpusError.unreadable`, `isFolder` or `changedWhileReading`.
  public func bytes() throws(CorpusError) -> [UInt8] {
    var reader = TextChunkReader(self, unit: .byte, chunkSize: max(1, byteCount))
    var (chunk, end) = (TextChunk(), TextChunk())
    try reader.read(&chunk)
    try reader.read(&end)
    return chunk.bytes
  }

  /// A 64-bit fingerprint of the bytes and their number, in hexadecimal. It is enough to notice that a corpus has
  /// changed.
  ///
  /// - Throws: `CorpusError.unreadable`, `isFolder` or `changedWhileReading`.
  public func digest() throws(CorpusError) -> String {
    var reader = TextChunkReader(self, unit: .byte, chunkSize: Self.chunkSize)
    var chunk = TextChunk()
    repeat { try reader.read(&chunk) } while !chunk.bytes.isEmpty
    return reader.digest.text
  }
}

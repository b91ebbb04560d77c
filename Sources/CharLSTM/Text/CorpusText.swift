/// The bytes of one or several files, read as one text.
///
/// Regular files stay on the disk and are read anew, a chunk at a time, whenever the text is gone through. What can be read
/// only once, as a pipe, is kept in memory.
public struct CorpusText: Sendable {
  /// A file of the text.
  struct Source: Sendable {
    let path: String
    /// Where it begins in the text, in bytes.
    let start: Int
    let byteCount: Int
    /// Its bytes, where they are kept in memory.
    let bytes: [UInt8]?
  }

  let sources: [Source]

  /// The length of the whole text, in bytes.
  public var byteCount: Int { sources.last.map { $0.start + $0.byteCount } ?? 0 }

  /// A text that is no file.
  public init(bytes: [UInt8]) { sources = [Source(path: "", start: 0, byteCount: bytes.count, bytes: bytes)] }

  /// The files in the order given, without anything between them: a character may begin in one and end in the next.
  ///
  /// - Throws: `CorpusError.unreadable` or `isFolder`.
  /// - Complexity: O(files), and O(bytes) of those that are no regular files.
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
    // a file without a length may be one that the system makes up while it is read, as those in /proc
    if status.isRegularFile && status.byteCount > 0 {
      return Source(path: path, start: start, byteCount: status.byteCount, bytes: nil)
    }
    let bytes = try file.readToEnd()
    return Source(path: path, start: start, byteCount: bytes.count, bytes: bytes)
  }

  /// Where a byte of the text stands: its file, and its offset there.
  func place(of offset: Int) -> (path: String, offset: Int) {
    guard let source = sources.last(where: { $0.start <= offset }) else { return ("", offset) }
    return (source.path, offset - source.start)
  }

  /// The whole text in memory: for prompts; a corpus is gone through in chunks.
  ///
  /// - Throws: `CorpusError.unreadable`, `isFolder` or `changedWhileReading`.
  public func bytes() throws(CorpusError) -> [UInt8] {
    var reader = TextChunkReader(self, unit: .byte, chunkSize: max(1, byteCount))
    var (chunk, end) = (TextChunk(), TextChunk())
    try reader.read(&chunk)
    try reader.read(&end)
    return chunk.bytes
  }

  /// A 64-bit fingerprint of bytes and length, in hexadecimal: enough to notice that a corpus is another one.
  ///
  /// - Throws: `CorpusError.unreadable`, `isFolder` or `changedWhileReading`.
  public func digest() throws(CorpusError) -> String {
    var reader = TextChunkReader(self, unit: .byte, chunkSize: Self.chunkSize)
    var chunk = TextChunk()
    repeat { try reader.read(&chunk) } while !chunk.bytes.isEmpty
    return reader.digest.text
  }
}

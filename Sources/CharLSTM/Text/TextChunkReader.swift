/// Reads a text from beginning to end, in chunks that end between two characters.
///
/// The files are joined before the text is cut, so a character may span two files. The digest is computed on the way.
struct TextChunkReader: ~Copyable, Sendable {
  private let text: CorpusText
  private let unit: TextUnit
  private let chunkSize: Int

  /// The file that is being read, and the number of its bytes read so far.
  private var source = 0
  private var position = 0
  private var file: FileDescriptor?
  private var block: [UInt8]
  /// The bytes read after the last cut, and their offset in the text.
  private var rest: [UInt8] = []
  private var restStart = 0
  private var failure: CorpusError?

  /// The digest of all bytes read so far.
  private(set) var digest: TextDigest
  /// The digest at the end of each finished file.
  private(set) var digestsOfSources: [TextDigest] = []

  /// Starts at the beginning of the text.
  /// - Parameter chunkSize: The size of a chunk in bytes. A chunk may be a little smaller, or larger until a place to
  ///   cut is found.
  init(_ text: CorpusText, unit: TextUnit, chunkSize: Int) {
    precondition(chunkSize > 0, "chunk size \(chunkSize); at least 1 byte is needed")
    self.text = text
    self.unit = unit
    self.chunkSize = chunkSize
    block = [UInt8](repeating: 0, count: min(chunkSize, Self.blockSize))
    digest = TextDigest(byteCount: text.byteCount)
  }

  /// A block of this size is still in the cache when it is hashed and copied.
  private static let blockSize = 1 << 18

  /// Reads the next chunk into `chunk`, whose memory is reused. At the end of the text it is empty.
  ///
  /// An error is thrown only after all complete characters before it have been returned. So an error in those
  /// characters is found first.
  ///
  /// - Throws: `CorpusError.unreadable`, `isFolder` or `changedWhileReading`. Every later call throws the same error.
  /// - Complexity: O(bytes read), even if a chunk has to grow.
  mutating func read(_ chunk: inout TextChunk) throws(CorpusError) {
    chunk.bytes.removeAll(keepingCapacity: true)
    chunk.start = restStart
    if let failure { throw failure }
    chunk.bytes += rest
    rest.removeAll(keepingCapacity: true)
    var limit = chunkSize
    while true {
      // the bytes left from the last chunk have already been searched
      let searched = chunk.bytes.count
      chunk.bytes.reserveCapacity(limit)
      do { try fill(&chunk.bytes, upTo: limit) } catch { failure = error }
      if failure == nil && chunk.bytes.count < limit { break }
      if let cut = Segmentation.lastCut(in: chunk.bytes, after: searched, unit: unit) {
        rest += chunk.bytes[cut...]
        chunk.bytes.removeLast(rest.count)
        break
      }
      if let failure { throw failure }
      limit *= 2
    }
    restStart += chunk.bytes.count
  }

  /// Appends the next bytes until there are `limit` of them. There are fewer only at the end of the text.
  private mutating func fill(_ bytes: inout [UInt8], upTo limit: Int) throws(CorpusError) {
    while bytes.count < limit && source < text.sources.count {
      let current = text.sources[source]
      let wanted = min(limit - bytes.count, current.byteCount - position)
      if wanted > 0, let held = current.bytes {
        bytes += held[position..<position + wanted]
        digest.update(held, position..<position + wanted)
        position += wanted
      } else if wanted > 0 {
        let count = try read(current, limit: min(wanted, block.count))
        bytes += block[..<count]
        digest.update(block, 0..<count)
        position += count
      }
      if position == current.byteCount { try finish(current) }
    }
  }

  private mutating func read(_ current: CorpusText.Source, limit: Int) throws(CorpusError) -> Int {
    let count: Int
    do {
      if file == nil { file = try FileDescriptor(opening: current.path, for: .reading) }
      count = try file?.fill(&block, limit: limit, at: position) ?? 0
    } catch { throw CorpusError(error, path: current.path) }
    guard count > 0 else { throw .changedWhileReading(path: current.path) }
    return count
  }

  private mutating func finish(_ current: CorpusText.Source) throws(CorpusError) {
    if file != nil {
      let count: Int
      do { count = try file?.fill(&block, limit: 1, at: position) ?? 0 } catch {
        throw CorpusError(error, path: current.path)
      }
      guard count == 0 else { throw .changedWhileReading(path: current.path) }
    }
    file = nil
    digestsOfSources.append(digest)
    source += 1
    position = 0
  }
}

/// Reads a text from its beginning to its end, in chunks that end where a character does.
///
/// The files are one stream before it is cut, so that a character may span two of them. The digest is taken on the way.
struct TextChunkReader: ~Copyable, Sendable {
  private let text: CorpusText
  private let unit: TextUnit
  private let chunkSize: Int

  /// The source that is being read, and how many of its bytes have been.
  private var source = 0
  private var position = 0
  private var file: FileDescriptor?
  private var block: [UInt8]
  /// What was read behind the last cut, and where it begins in the text.
  private var rest: [UInt8] = []
  private var restStart = 0
  private var failure: CorpusError?

  /// Of all that was read so far.
  private(set) var digest: TextDigest
  /// The digest at the end of each source that was read to its end.
  private(set) var digestsOfSources: [TextDigest] = []

  /// - Parameter chunkSize: bytes that a chunk has where the text can be cut there; it may have a little fewer, and as many
  ///   more as it takes to find a place.
  init(_ text: CorpusText, unit: TextUnit, chunkSize: Int) {
    precondition(chunkSize > 0, "chunks of \(chunkSize) bytes")
    self.text = text
    self.unit = unit
    self.chunkSize = chunkSize
    block = [UInt8](repeating: 0, count: min(chunkSize, Self.blockSize))
    digest = TextDigest(byteCount: text.byteCount)
  }

  /// A block is still in the cache when it is hashed and copied.
  private static let blockSize = 1 << 18

  /// Reads the chunk after the last one to `chunk`, whose memory is used again; it has no bytes at the end of the text.
  ///
  /// - Throws: `CorpusError.unreadable`, `isFolder` or `changedWhileReading`, and the same from then on; only after the whole
  ///   characters that stand before, so that what is wrong with those is found first.
  /// - Complexity: O(bytes read), also where a chunk grows.
  mutating func read(_ chunk: inout TextChunk) throws(CorpusError) {
    chunk.bytes.removeAll(keepingCapacity: true)
    chunk.start = restStart
    if let failure { throw failure }
    chunk.bytes += rest
    rest.removeAll(keepingCapacity: true)
    var limit = chunkSize
    while true {
      // what the last chunk left has been searched already
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

  /// Appends what comes next until there are `limit` bytes; there are fewer only at the end of the text.
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

import Synchronization
import Tensors

extension CorpusText {
  /// The number of bytes read at once. A chunk, its ids and the tables fit together in a core's cache.
  static let chunkSize = 1 << 18
  /// Reading takes turns, so more threads than this would only wait.
  private static let mostThreads = 16

  /// A chunk in memory, and the value computed from it. The memory of both is reused.
  private struct Slot<Value> {
    var chunk = TextChunk()
    var value: Value
    var failure: CorpusError?
  }

  /// Reads the text once. Several threads compute a value for each chunk, and the calling thread takes the values in
  /// text order.
  ///
  /// A thread reads its next chunk when it has finished the previous one. Only one thread reads at a time.
  ///
  /// - Parameters:
  ///   - chunkSize: The size of a chunk in bytes. Two chunks per thread are in memory.
  ///   - value: The value that `compute` finds at its first call. Later calls find a value that an earlier call left,
  ///     for any other chunk.
  /// - Returns: The digest at the end of each file; the last one is the digest of the text.
  /// - Throws: The first error in text order, for any number of threads: `CorpusError.unreadable`, `isFolder`,
  ///   `changedWhileReading`, or the error of `compute`.
  /// - Precondition: `threads` is at least 1.
  func forEachChunk<Value>(
    unit: TextUnit, threads: Int, chunkSize: Int, value: Value,
    compute: (TextChunk, inout Value) throws(VocabularyError) -> Void, take: (Value) -> Void
  ) throws(CorpusError) -> [TextDigest] {
    precondition(threads > 0, "\(threads) threads; at least 1 is needed")
    let threads = min(threads, Self.mostThreads)
    let reader = Mutex(TextChunkReader(self, unit: unit, chunkSize: chunkSize))
    var slots = [Slot<Value>](repeating: Slot(value: value), count: 2 * threads)
    while true {
      parallelForEach(&slots, threads: threads) { slot in
        do throws(CorpusError) {
          try reader.withLock { (reader) throws(CorpusError) in try reader.read(&slot.chunk) }
        } catch {
          slot.failure = error
          return
        }
        if slot.chunk.bytes.isEmpty { return }
        do throws(VocabularyError) { try compute(slot.chunk, &slot.value) } catch {
          slot.failure = CorpusError(error, start: slot.chunk.start, in: self)
        }
      }
      // a slot in which reading ended or failed starts after all others
      slots.sort { $0.chunk.start < $1.chunk.start }
      for slot in slots {
        if let failure = slot.failure { throw failure }
        if slot.chunk.bytes.isEmpty { return reader.withLock { $0.digestsOfSources } }
        take(slot.value)
      }
    }
  }
}

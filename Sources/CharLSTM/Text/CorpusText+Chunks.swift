import Synchronization
import Tensors

extension CorpusText {
  /// Bytes that are read at once: chunk, ids and tables stay together in a core's cache.
  static let chunkSize = 1 << 18
  /// More threads than these would wait for the one that reads.
  private static let mostThreads = 16

  /// A chunk in memory, and what is computed of it. Both are written again and again.
  private struct Slot<Value> {
    var chunk = TextChunk()
    var value: Value
    var failure: CorpusError?
  }

  /// Goes through the text once: computes something of every chunk on several threads, and takes the results on the caller's,
  /// in the order of the text. Each thread reads the next chunk when it has done with one; the reading itself takes turns.
  ///
  /// - Parameters:
  ///   - chunkSize: bytes of a chunk; two chunks for each thread are in memory.
  ///   - value: what `compute` finds when it is called first, later what it has left; a value belongs to no chunk.
  /// - Returns: the digest at the end of each file; the last one is that of the text.
  /// - Throws: what is wrong first in the order of the text, for any number of threads: `CorpusError.unreadable`,
  ///   `isFolder`, `changedWhileReading`, or what `compute` fails with.
  /// - Precondition: `threads` is above 0.
  func forEachChunk<Value>(
    unit: TextUnit, threads: Int, chunkSize: Int, value: Value,
    compute: (TextChunk, inout Value) throws(VocabularyError) -> Void, take: (Value) -> Void
  ) throws(CorpusError) -> [TextDigest] {
    precondition(threads > 0, "\(threads) threads")
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
      // where reading ended or failed, the slot begins behind all others
      slots.sort { $0.chunk.start < $1.chunk.start }
      for slot in slots {
        if let failure = slot.failure { throw failure }
        if slot.chunk.bytes.isEmpty { return reader.withLock { $0.digestsOfSources } }
        take(slot.value)
      }
    }
  }
}

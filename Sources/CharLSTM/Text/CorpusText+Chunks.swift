import Tensors

extension CorpusText {
  /// Bytes that are read at once. Many times as large, a chunk would have left the cache when its turn comes.
  static let chunkSize = 1 << 20
  /// More threads than these would wait for the one that reads, and chunks in memory grow with them.
  private static let mostThreads = 8

  /// Some chunks in a row, and why there are no more of them.
  private struct Wave {
    var chunks: [TextChunk] = []
    var failure: CorpusError?

    init(of count: Int, from reader: inout TextChunkReader) {
      do throws(CorpusError) {
        while chunks.count < count, let chunk = try reader.next() { chunks.append(chunk) }
      } catch { failure = error }
    }
  }

  /// Goes through the text once: computes something of every chunk on several threads, and takes the results in the order of
  /// the text on the caller's. While some chunks are computed the next are read, so there are never more than 32 in memory.
  ///
  /// - Returns: the digest at the end of each file; the last one is that of the text.
  /// - Throws: what is wrong first in the order of the text, for any number of threads: `CorpusError.unreadable`,
  ///   `isFolder`, `changedWhileReading`, or what `compute` fails with.
  func forEachChunk<Value>(
    unit: TextUnit, threads: Int, chunkSize: Int, compute: (TextChunk) -> Result<Value, VocabularyError>,
    take: (Value) -> Void
  ) throws(CorpusError) -> [TextDigest] {
    let threads = min(threads, Self.mostThreads)
    var reader = TextChunkReader(self, unit: unit, chunkSize: chunkSize)
    var wave = Wave(of: 2 * threads, from: &reader)
    while !wave.chunks.isEmpty {
      let current = wave
      let results = parallelMap(parts: current.chunks.count + 1, threads: threads) { part in
        if part > 0 { return compute(current.chunks[part - 1]) as Result<Value, VocabularyError>? }
        if current.failure == nil { wave = Wave(of: 2 * threads, from: &reader) }
        return nil
      }
      for (chunk, result) in zip(current.chunks, results.dropFirst()) {
        switch result {
        case .success(let value): take(value)
        case .failure(let error): throw CorpusError(error, start: chunk.start, in: self)
        case nil: preconditionFailure("a chunk that was not computed")
        }
      }
      if let failure = current.failure { throw failure }
    }
    if let failure = wave.failure { throw failure }
    return reader.digestsOfSources
  }
}

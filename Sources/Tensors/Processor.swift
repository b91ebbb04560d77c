/// What computes: an instruction set and a number of threads. Results have the same bits whatever they are.
public struct Processor: Sendable {
  /// The numeric operations, in one instruction set.
  public let kernels: Kernels
  /// Threads that share the work, the caller's among them; 1 or more.
  public let threads: Int

  /// So many threads with these kernels; fewer than 1 count as 1.
  public init(threads: Int = 1, kernels: Kernels = Kernels()) {
    self.kernels = kernels
    self.threads = max(1, threads)
  }

  /// Runs every part of `work` once, as `parallel(parts:threads:_:)` does with this many threads.
  public func run(parts: Int, _ work: some ParallelWork) {
    parallel(parts: parts, threads: threads, work)
  }

  /// The results of `body` for every part, in order of the parts.
  public func map<Result>(parts: Int, _ body: (Int) -> Result) -> [Result] {
    parallelMap(parts: parts, threads: threads, body)
  }
}

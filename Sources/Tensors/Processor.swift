/// A kernel variant and a number of threads. The results have the same bits for any choice of both.
public struct Processor: Sendable {
  /// The numeric operations for one instruction set.
  public let kernels: Kernels
  /// The number of threads that share the work, including the caller's; at least 1.
  public let threads: Int

  /// Makes a processor with `threads` threads. A number below 1 counts as 1.
  public init(threads: Int = 1, kernels: Kernels = Kernels()) {
    self.kernels = kernels
    self.threads = max(1, threads)
  }

  /// Runs every part of `work` once, like `parallel(parts:threads:_:)` with this number of threads.
  public func run(parts: Int, _ work: some ParallelWork) {
    parallel(parts: parts, threads: threads, work)
  }

  /// Returns the results of `body` for all parts, in order.
  public func map<Result>(parts: Int, _ body: (Int) -> Result) -> [Result] {
    parallelMap(parts: parts, threads: threads, body)
  }
}

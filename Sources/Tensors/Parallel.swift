import CKernels

/// Work that is divided into parts, which several threads take in turn.
///
/// Parts run at the same time and in no fixed order. So each part must write only memory that no other part
/// touches. The results must not depend on the number of threads. All kernels of this module satisfy this.
public protocol ParallelWork {
  /// Does one part, counted from 0, on the thread that takes it.
  func run(part: Int)
}

extension ParallelWork {
  fileprivate static func run(_ work: UnsafeRawPointer, part: Int) {
    work.assumingMemoryBound(to: Self.self).pointee.run(part: part)
  }
}

/// Runs every part of `work` once, on up to `threads` threads including the caller's. Returns when all parts are done.
///
/// Allocates nothing, except when it starts threads for the first time. A call from inside a part runs all of its parts
/// on the calling thread.
public func parallel(parts: Int, threads: Int, _ work: some ParallelWork) {
  if parts <= 1 || threads <= 1 {
    for part in 0..<parts { work.run(part: part) }
    return
  }
  withUnsafePointer(to: work) { pointer in
    var call = ErasedWork(work: UnsafeRawPointer(pointer), type: type(of: work))
    withUnsafeMutablePointer(to: &call) { context in
      bard_parallel(
        Int64(parts), Int64(threads),
        { context, part in
          guard let call = context?.assumingMemoryBound(to: ErasedWork.self).pointee else { return }
          call.type.run(call.work, part: Int(part))
        }, context)
    }
  }
}

/// Work of any type, in a form that can be passed to a C function.
private struct ErasedWork {
  let work: UnsafeRawPointer
  let type: any ParallelWork.Type
}

/// Calls `body` once for every part, like `parallel(parts:threads:_:)` with `ParallelWork`, but allocates a little.
public func parallel(parts: Int, threads: Int, _ body: (Int) -> Void) {
  withoutActuallyEscaping(body) { parallel(parts: parts, threads: threads, ClosureWork(body: $0)) }
}

private struct ClosureWork: ParallelWork {
  let body: (Int) -> Void
  func run(part: Int) { body(part) }
}

/// Returns the results of `body` for all parts, in order.
public func parallelMap<Result>(parts: Int, threads: Int, _ body: (Int) -> Result) -> [Result] {
  [Result](unsafeUninitializedCapacity: parts) { buffer, count in
    let results = buffer
    parallel(parts: parts, threads: threads) { part in
      results.initializeElement(at: part, to: body(part))
    }
    count = parts
  }
}

/// Calls `body` once with every element, on up to `threads` threads including the caller's, in no fixed order.
public func parallelForEach<Element>(_ elements: inout [Element], threads: Int, _ body: (inout Element) -> Void) {
  elements.withUnsafeMutableBufferPointer { buffer in
    let elements = buffer
    parallel(parts: elements.count, threads: threads) { body(&elements[$0]) }
  }
}

import CKernels

/// Work that is cut in parts, which several threads take one after the other.
///
/// Parts run in no fixed order and at the same time: each must write memory that no other part touches. What they
/// compute must not depend on how many threads there are; every kernel of this module keeps to that.
public protocol ParallelWork {
  /// Does one part, counted from 0, on whichever thread takes it.
  func run(part: Int)
}

extension ParallelWork {
  fileprivate static func run(_ work: UnsafeRawPointer, part: Int) {
    work.assumingMemoryBound(to: Self.self).pointee.run(part: part)
  }
}

/// Runs every part of `work` once, on up to `threads` threads, the caller's among them; returns when all are done.
///
/// Allocates nothing, but when threads are started for the first time. Inside of a part it does its own parts on the caller's
/// thread alone.
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

/// What a C function can be handed of work of any type.
private struct ErasedWork {
  let work: UnsafeRawPointer
  let type: any ParallelWork.Type
}

/// Calls `body` once for every part, as `parallel(parts:threads:_:)` does with work; allocates a little.
public func parallel(parts: Int, threads: Int, _ body: (Int) -> Void) {
  withoutActuallyEscaping(body) { parallel(parts: parts, threads: threads, ClosureWork(body: $0)) }
}

private struct ClosureWork: ParallelWork {
  let body: (Int) -> Void
  func run(part: Int) { body(part) }
}

/// The results of `body` for every part, in order of the parts.
public func parallelMap<Result>(parts: Int, threads: Int, _ body: (Int) -> Result) -> [Result] {
  [Result](unsafeUninitializedCapacity: parts) { buffer, count in
    let results = buffer
    parallel(parts: parts, threads: threads) { part in
      results.initializeElement(at: part, to: body(part))
    }
    count = parts
  }
}

/// Calls `body` once with every element, on up to `threads` threads, the caller's among them, in no fixed order.
public func parallelForEach<Element>(_ elements: inout [Element], threads: Int, _ body: (inout Element) -> Void) {
  elements.withUnsafeMutableBufferPointer { buffer in
    let elements = buffer
    parallel(parts: elements.count, threads: threads) { body(&elements[$0]) }
  }
}

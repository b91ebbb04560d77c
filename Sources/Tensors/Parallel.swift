import CKernels

/// Calls `body` once for every part, on up to `threads` threads, the caller's among them; returns when all parts are done.
///
/// Parts run in no fixed order and at the same time: each must write memory that no other part touches. What they
/// compute must not depend on how many threads there are; every kernel of this module keeps to that.
public func parallel(parts: Int, threads: Int, _ body: (Int) -> Void) {
  if parts <= 1 || threads <= 1 {
    for part in 0..<parts { body(part) }
    return
  }
  withoutActuallyEscaping(body) { escaping in
    var call = escaping
    withUnsafeMutablePointer(to: &call) { context in
      bard_parallel(
        Int64(parts), Int64(threads),
        { context, part in context?.assumingMemoryBound(to: ((Int) -> Void).self).pointee(Int(part)) }, context)
    }
  }
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

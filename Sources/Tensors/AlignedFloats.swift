/// Float32 values in one block of memory, aligned to 64 bytes, with value semantics.
///
/// All numeric state of the package lives in these: the parameters of a model are one, the gradients another, the
/// activations of a minibatch a third. `PanelRegion` says where in a block a matrix lies. A copy shares its memory until
/// one of the two is written.
public struct AlignedFloats: Sendable, Equatable {
  // SIMD16 has an alignment of 64 bytes, and Swift's arrays respect it: no allocation of our own is needed
  private var storage: [SIMD16<Float>]

  /// Number of floats, a multiple of 16.
  public var count: Int { storage.count * 16 }

  /// `count` zeros, rounded up to a multiple of 16.
  public init(zeros count: Int) {
    precondition(count >= 0, "a block of \(count) floats")
    storage = Array(repeating: .zero, count: (count + 15) / 16)
  }

  public subscript(index: Int) -> Float {
    get { storage[index / 16][index % 16] }
    set { storage[index / 16][index % 16] = newValue }
  }

  /// Lends the memory for reading. The view must not outlive the call.
  public func withView<Result>(_ body: (FloatsView) throws -> Result) rethrows -> Result {
    try storage.withUnsafeBytes { bytes in
      let floats = bytes.bindMemory(to: Float.self)
      return try body(FloatsView(floats: floats))
    }
  }

  /// Lends the memory for writing. The view must not outlive the call; threads that share it write different parts.
  public mutating func withMutableView<Result>(_ body: (MutableFloatsView) throws -> Result) rethrows -> Result {
    try storage.withUnsafeMutableBytes { bytes in
      let floats = bytes.bindMemory(to: Float.self)
      return try body(MutableFloatsView(floats: floats))
    }
  }

  /// Sets every value to zero.
  public mutating func clear() {
    withMutableView { $0.clear() }
  }

  /// The floats in `range`, in memory order.
  public func floats(in range: Range<Int>) -> [Float] {
    withView { view in Array(view.floats[range]) }
  }

  /// Overwrites the floats from `start` on.
  public mutating func replace(from start: Int, with values: [Float]) {
    precondition(start >= 0 && start + values.count <= count, "\(values.count) floats at \(start) of \(count)")
    withMutableView { view in
      for (offset, value) in values.enumerated() { view.floats[start + offset] = value }
    }
  }
}

/// Borrowed floats, for reading.
public struct FloatsView {
  let floats: UnsafeBufferPointer<Float>

  public var count: Int { floats.count }
  public subscript(index: Int) -> Float { floats[index] }

  public subscript(region: PanelRegion) -> PanelView {
    precondition(region.range.upperBound <= floats.count, "region \(region.range) of \(floats.count) floats")
    return PanelView(base: floats.baseAddress.map { $0 + region.offset }, region: region)
  }
}

/// Borrowed floats, for writing.
public struct MutableFloatsView {
  let floats: UnsafeMutableBufferPointer<Float>

  public var count: Int { floats.count }
  public var readOnly: FloatsView { FloatsView(floats: UnsafeBufferPointer(floats)) }

  public subscript(index: Int) -> Float {
    get { floats[index] }
    nonmutating set { floats[index] = newValue }
  }

  public subscript(region: PanelRegion) -> MutablePanelView {
    precondition(region.range.upperBound <= floats.count, "region \(region.range) of \(floats.count) floats")
    return MutablePanelView(base: floats.baseAddress.map { $0 + region.offset }, region: region)
  }

  public func clear() { floats.update(repeating: 0) }

  /// Sets the floats of `range` to zero.
  public func clear(_ range: Range<Int>) {
    UnsafeMutableBufferPointer(rebasing: floats[range]).update(repeating: 0)
  }
}

/// Float32 values in one block of memory, aligned to 64 bytes, with value semantics.
///
/// All numeric state of the package lives in these: the parameters of a model are one, the gradients another, the
/// activations of a minibatch a third. `PanelRegion` says where in a block a matrix lies. A copy shares its memory until
/// one of the two is written.
public struct AlignedFloats: Sendable, Equatable {
  /// Number of floats, a multiple of 16.
  public let count: Int
  // An array gives 16 bytes of alignment; the values begin at the first place in it that has 64. When the array is copied,
  // because it was shared and is written, the copy may lie otherwise: `withMutableView` then moves the values.
  private var storage: [Float]
  private var start: Int

  private static let alignment = 64
  private static let slack = alignment / 4 - 1

  /// `count` zeros, rounded up to a multiple of 16.
  public init(zeros count: Int) {
    precondition(count >= 0, "a block of \(count) floats")
    self.count = (count + 15) / 16 * 16
    storage = Array(repeating: 0, count: self.count + Self.slack)
    start = storage.withUnsafeBufferPointer { Self.alignedStart(UnsafeRawPointer($0.baseAddress)) }
  }

  /// Index of the first float whose address is a multiple of 64.
  private static func alignedStart(_ address: UnsafeRawPointer?) -> Int {
    let misalignment = Int(UInt(bitPattern: address) % UInt(alignment))
    return misalignment == 0 ? 0 : (alignment - misalignment) / 4
  }

  /// The same floats, wherever each block begins in its memory.
  public static func == (a: AlignedFloats, b: AlignedFloats) -> Bool {
    a.storage[a.start..<a.start + a.count] == b.storage[b.start..<b.start + b.count]
  }

  /// The float at `index`, in memory order. Setting one while the memory is shared copies the block first.
  public subscript(index: Int) -> Float {
    get { storage[start + index] }
    set { storage[start + index] = newValue }
  }

  /// Lends the memory for reading. The view must not outlive the call.
  public func withView<Result>(_ body: (FloatsView) throws -> Result) rethrows -> Result {
    try storage.withUnsafeBufferPointer { buffer in
      try body(FloatsView(floats: UnsafeBufferPointer(rebasing: buffer[start..<start + count])))
    }
  }

  /// Lends the memory for writing. The view must not outlive the call; threads that share it write different parts.
  public mutating func withMutableView<Result>(_ body: (MutableFloatsView) throws -> Result) rethrows -> Result {
    let (count, oldStart) = (count, start)
    var newStart = start
    defer { start = newStart }
    return try storage.withUnsafeMutableBufferPointer { buffer in
      newStart = Self.alignedStart(UnsafeRawPointer(buffer.baseAddress))
      if newStart != oldStart, let base = buffer.baseAddress {
        (base + newStart).update(from: base + oldStart, count: count)
      }
      return try body(
        MutableFloatsView(floats: UnsafeMutableBufferPointer(rebasing: buffer[newStart..<newStart + count])))
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

  /// Floats lent, the block's padding included.
  public var count: Int { floats.count }
  /// The float at `index`, in memory order; the index is checked in debug builds only.
  public subscript(index: Int) -> Float { floats[index] }

  /// The matrix that lies at `region`, borrowed as long as this view is.
  /// - Precondition: `region` ends within the block.
  public subscript(region: PanelRegion) -> PanelView {
    precondition(region.range.upperBound <= floats.count, "region \(region.range) of \(floats.count) floats")
    return PanelView(base: floats.baseAddress.map { $0 + region.offset }, region: region)
  }
}

/// Borrowed floats, for writing.
public struct MutableFloatsView {
  let floats: UnsafeMutableBufferPointer<Float>

  /// Floats lent, the block's padding included.
  public var count: Int { floats.count }
  /// The same memory, for reading.
  public var readOnly: FloatsView { FloatsView(floats: UnsafeBufferPointer(floats)) }

  /// The float at `index`, in memory order; the index is checked in debug builds only.
  public subscript(index: Int) -> Float {
    get { floats[index] }
    nonmutating set { floats[index] = newValue }
  }

  /// The matrix that lies at `region`, borrowed as long as this view is.
  /// - Precondition: `region` ends within the block.
  public subscript(region: PanelRegion) -> MutablePanelView {
    precondition(region.range.upperBound <= floats.count, "region \(region.range) of \(floats.count) floats")
    return MutablePanelView(base: floats.baseAddress.map { $0 + region.offset }, region: region)
  }

  /// Sets every float to zero, padding included.
  public func clear() { floats.update(repeating: 0) }

  /// Sets the floats of `range` to zero.
  public func clear(_ range: Range<Int>) {
    UnsafeMutableBufferPointer(rebasing: floats[range]).update(repeating: 0)
  }

  /// Sets the floats of `range` to those at the same place in `source`.
  public func copy(_ range: Range<Int>, from source: FloatsView) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= min(count, source.count), "range \(range) of \(source.count) floats")
    _ = UnsafeMutableBufferPointer(rebasing: floats[range]).update(
      fromContentsOf: UnsafeBufferPointer(rebasing: source.floats[range]))
  }
}

/// Float32 values in one block of memory, aligned to 64 bytes, with value semantics.
///
/// The package stores all numeric state in such blocks: one for the parameters of a model, another for the gradients, a
/// third for the activations of a minibatch. `PanelRegion` describes the place of a matrix in a block. A copy shares
/// its memory until one of the two is written.
public struct AlignedFloats: Sendable, Equatable {
  /// The number of floats, a multiple of 16.
  public let count: Int
  // An array is aligned to 16 bytes only, so the values begin at its first element that is aligned to 64. Writing to a
  // shared block copies the array, and the copy may be aligned differently. `withMutableView` then moves the values.
  private var storage: [Float]
  private var start: Int

  private static let alignment = 64
  private static let slack = alignment / 4 - 1

  /// Makes a block of zeros. `count` is rounded up to a multiple of 16.
  public init(zeros count: Int) {
    precondition(count >= 0, "float count \(count) is negative")
    self.count = (count + 15) / 16 * 16
    storage = Array(repeating: 0, count: self.count + Self.slack)
    start = storage.withUnsafeBufferPointer { Self.alignedStart(UnsafeRawPointer($0.baseAddress)) }
  }

  /// The index of the first float whose address is a multiple of 64.
  private static func alignedStart(_ address: UnsafeRawPointer?) -> Int {
    let misalignment = Int(UInt(bitPattern: address) % UInt(alignment))
    return misalignment == 0 ? 0 : (alignment - misalignment) / 4
  }

  /// Whether both have the same floats, regardless of where they begin in memory.
  public static func == (a: AlignedFloats, b: AlignedFloats) -> Bool {
    a.storage[a.start..<a.start + a.count] == b.storage[b.start..<b.start + b.count]
  }

  /// The float at `index`, in memory order. Setting a float of a shared block copies the block first.
  public subscript(index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count, "float \(index) of \(count)")
      return storage[start + index]
    }
    set {
      precondition(index >= 0 && index < count, "float \(index) of \(count)")
      storage[start + index] = newValue
    }
  }

  /// Lends the memory for reading. The view must not be used after the call.
  public func withView<Result>(_ body: (FloatsView) throws -> Result) rethrows -> Result {
    try storage.withUnsafeBufferPointer { buffer in
      try body(FloatsView(floats: UnsafeBufferPointer(rebasing: buffer[start..<start + count])))
    }
  }

  /// Lends the memory for writing. The view must not be used after the call. Threads that share it must write to
  /// different parts.
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

  /// The floats in `range`, in memory order.
  public func floats(in range: Range<Int>) -> [Float] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "floats \(range) of \(count)")
    return withView { view in Array(view.floats[range]) }
  }

  /// Overwrites the floats that begin at `start`.
  public mutating func replace(from start: Int, with values: [Float]) {
    precondition(start >= 0 && start + values.count <= count, "\(values.count) floats at index \(start) of \(count)")
    withMutableView { view in
      for (offset, value) in values.enumerated() { view.floats[start + offset] = value }
    }
  }
}

/// Borrowed floats, for reading.
public struct FloatsView {
  let floats: UnsafeBufferPointer<Float>

  /// The number of floats, including the block's padding.
  public var count: Int { floats.count }
  /// The float at `index`, in memory order. The index is checked only in debug builds.
  public subscript(index: Int) -> Float { floats[index] }

  /// The matrix in `region`, borrowed for as long as this view.
  /// - Precondition: `region` ends inside the block.
  public subscript(region: PanelRegion) -> PanelView {
    precondition(region.range.upperBound <= floats.count, "region \(region.range) of \(floats.count) floats")
    return PanelView(base: floats.baseAddress.map { $0 + region.offset }, region: region)
  }
}

/// Borrowed floats, for writing.
public struct MutableFloatsView {
  let floats: UnsafeMutableBufferPointer<Float>

  /// The number of floats, including the block's padding.
  public var count: Int { floats.count }
  /// The same memory, for reading.
  public var readOnly: FloatsView { FloatsView(floats: UnsafeBufferPointer(floats)) }

  /// The float at `index`, in memory order. The index is checked only in debug builds.
  public subscript(index: Int) -> Float {
    get { floats[index] }
    nonmutating set { floats[index] = newValue }
  }

  /// The matrix in `region`, borrowed for as long as this view.
  /// - Precondition: `region` ends inside the block.
  public subscript(region: PanelRegion) -> MutablePanelView {
    precondition(region.range.upperBound <= floats.count, "region \(region.range) of \(floats.count) floats")
    return MutablePanelView(base: floats.baseAddress.map { $0 + region.offset }, region: region)
  }

  /// Copies the floats in `range` from the same positions in `source`.
  public func copy(_ range: Range<Int>, from source: FloatsView) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= min(count, source.count),
      "range \(range), \(source.count) floats into \(count)")
    _ = UnsafeMutableBufferPointer(rebasing: floats[range]).update(
      fromContentsOf: UnsafeBufferPointer(rebasing: source.floats[range]))
  }
}

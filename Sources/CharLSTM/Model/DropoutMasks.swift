import Tensors

/// Dropout between the layers, and between the last one and the softmax layer.
struct Dropout: Sendable {
  /// Probability that a value is dropped.
  var rate: Float
  /// One mask for all time steps of a minibatch (Gal & Ghahramani 2016).
  var isLocked = false
  var seed: UInt64

  static let none = Dropout(rate: 0, seed: 0)
}

/// The masks of one minibatch.
///
/// They come from a counter-based generator keyed by (seed, step, layer, lane): they do not depend on who computes them, and
/// the backward pass draws them a second time instead of keeping them.
struct DropoutMasks: Sendable {
  private let dropout: Dropout
  private let lanes: Int
  /// `[L, B]`, for the current minibatch.
  private var keys: [UInt64]

  init(_ dropout: Dropout, lanes: Int, layers: Int) {
    self.dropout = dropout
    self.lanes = lanes
    keys = [UInt64](repeating: 0, count: lanes * layers)
  }

  var isActive: Bool { dropout.rate > 0 }
  var rate: Float { dropout.rate }
  var isLocked: Bool { dropout.isLocked }

  /// Turns to the masks of minibatch `step`, counted from the start of training.
  mutating func advance(to step: Int) {
    guard isActive else { return }
    for index in keys.indices {
      keys[index] = SplitMix64.key(dropout.seed, UInt64(step), UInt64(index / lanes), UInt64(index % lanes))
    }
  }

  /// The keys of a range of lanes for what layer `layer` puts out.
  func keys(layer: Int, lanes range: Range<Int>) -> ArraySlice<UInt64> {
    keys[layer * lanes + range.lowerBound..<layer * lanes + range.upperBound]
  }
}

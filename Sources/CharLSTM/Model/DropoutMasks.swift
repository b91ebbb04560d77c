import Tensors

/// The settings of the dropout between the layers, and between the last layer and the softmax layer.
struct Dropout: Sendable {
  /// The probability that a value becomes zero.
  var rate: Float
  /// Whether all time steps of a minibatch use the same mask (Gal & Ghahramani 2016).
  var isLocked = false
  var seed: UInt64

  static let none = Dropout(rate: 0, seed: 0)
}

/// The dropout masks of one minibatch.
///
/// They come from a counter-based generator with the key (seed, step, layer, lane). So they do not depend on the
/// thread that computes them. The backward pass draws them again, so they need no memory.
struct DropoutMasks: Sendable {
  private let dropout: Dropout
  private let lanes: Int
  /// The keys of the current minibatch, `[L, B]`.
  private var keys: [UInt64]

  init(_ dropout: Dropout, lanes: Int, layers: Int) {
    self.dropout = dropout
    self.lanes = lanes
    keys = [UInt64](repeating: 0, count: lanes * layers)
  }

  var isActive: Bool { dropout.rate > 0 }
  var rate: Float { dropout.rate }
  var isLocked: Bool { dropout.isLocked }

  /// Sets the keys for minibatch `step`, counted from the start of training.
  mutating func advance(to step: Int) {
    guard isActive else { return }
    for index in keys.indices {
      keys[index] = SplitMix64.key(dropout.seed, UInt64(step), UInt64(index / lanes), UInt64(index % lanes))
    }
  }

  /// The keys for the output of a layer, one for each lane in `range`.
  func keys(layer: Int, lanes range: Range<Int>) -> ArraySlice<UInt64> {
    keys[layer * lanes + range.lowerBound..<layer * lanes + range.upperBound]
  }
}

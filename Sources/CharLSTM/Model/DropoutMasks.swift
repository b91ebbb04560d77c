/// Dropout between the layers, and between the last one and the softmax layer.
///
/// Masks come from a counter-based generator keyed by (seed, step, layer, lane): they do not depend on who computes them, and
/// the backward pass draws them a second time instead of keeping them.
struct DropoutMasks: Sendable {
  let rate: Float
  let seed: UInt64
  /// One mask for all time steps of a minibatch (Gal & Ghahramani 2016).
  let isLocked: Bool
  let lanes: Int
  /// `[L, B]`, for the current minibatch.
  private var keys: [UInt64]

  init(rate: Float, isLocked: Bool, seed: UInt64, lanes: Int, layers: Int) {
    self.rate = rate
    self.isLocked = isLocked
    self.seed = seed
    self.lanes = lanes
    keys = [UInt64](repeating: 0, count: lanes * layers)
  }

  var isActive: Bool { rate > 0 }

  /// Turns to the masks of minibatch `step`, counted from the start of training.
  mutating func advance(to step: Int) {
    guard isActive else { return }
    for index in keys.indices {
      keys[index] = SplitMix64.key(seed, UInt64(step), UInt64(index / lanes), UInt64(index % lanes))
    }
  }

  /// The keys of a range of lanes for what layer `layer` puts out.
  func keys(layer: Int, lanes range: Range<Int>) -> ArraySlice<UInt64> {
    keys[layer * lanes + range.lowerBound..<layer * lanes + range.upperBound]
  }
}

import Tensors

/// DropConnect on the recurrent weights (Wan et al. 2013; Merity, Keskar & Socher 2018).
///
/// In each minibatch it drops every recurrent weight with probability `rate`. The same weights are dropped at every
/// time step and for every lane. The masks are a function of (seed, step, layer). So the mask of the gradients is
/// drawn again instead of being stored.
struct WeightDropout: Sendable {
  let rate: Float
  let seed: UInt64
  /// All parameters in memory order: the recurrent weights of each layer, and the parameters between them.
  private let segments: [Segment]

  private struct Segment {
    let range: Range<Int>
    /// The layer of these recurrent weights; nil for other parameters.
    let layer: Int?
  }

  init(rate: Float, seed: UInt64, layout: ParameterLayout) {
    self.rate = rate
    self.seed = seed
    var segments: [Segment] = []
    var end = 0
    for (index, layer) in layout.layers.enumerated() {
      let range = layer.recurrentWeights.range
      segments += [Segment(range: end..<range.lowerBound, layer: nil), Segment(range: range, layer: index)]
      end = range.upperBound
    }
    self.segments = segments + [Segment(range: end..<layout.count, layer: nil)]
  }

  var isActive: Bool { rate > 0 }

  /// Sets `dropped` to the parameters, with the mask of minibatch `step` on the recurrent weights.
  func drop(_ parameters: AlignedFloats, into dropped: inout AlignedFloats, step: Int, processor: Processor) {
    dropped.withMutableView { dropped in
      parameters.withView { parameters in
        for segment in segments {
          let operation =
            segment.layer.map { self.operation(into: dropped, of: parameters, layer: $0, step: step) }
            ?? .copy(into: dropped, from: parameters)
          processor.run(operation, over: segment.range)
        }
      }
    }
  }

  /// Applies the same mask to the gradients, in place.
  func drop(gradients: inout AlignedFloats, step: Int, processor: Processor) {
    gradients.withMutableView { gradients in
      for segment in segments {
        guard let layer = segment.layer else { continue }
        processor.run(
          operation(into: gradients, of: gradients.readOnly, layer: layer, step: step), over: segment.range)
      }
    }
  }

  private func operation(
    into: MutableFloatsView, of from: FloatsView, layer: Int, step: Int
  ) -> ElementwiseOperation {
    // `DropoutMasks` mixes four numbers into a key, so its masks are unrelated to these
    .dropout(into: into, of: from, key: SplitMix64.key(seed, UInt64(step), UInt64(layer)), rate: rate)
  }
}

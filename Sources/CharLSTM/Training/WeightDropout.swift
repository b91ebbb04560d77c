import Tensors

/// DropConnect on the recurrent weights (Wan et al. 2013; Merity, Keskar & Socher 2018): in each minibatch every recurrent
/// weight is absent with probability `rate`, the same ones at every time step and for every lane.
///
/// The masks are a function of (seed, step, layer): the gradients' mask is drawn a second time instead of being kept.
struct WeightDropout: Sendable {
  let rate: Float
  let seed: UInt64
  /// The parameters in order: the recurrent weights of each layer, and what lies between them.
  private let segments: [Segment]

  private struct Segment {
    let range: Range<Int>
    /// The layer whose recurrent weights these are; nil for all other parameters.
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

  /// Sets `dropped` to the parameters with the mask of minibatch `step` on the recurrent weights.
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

  /// Puts the same mask on the gradients, in place.
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
    // apart from the keys of `DropoutMasks`, which have four numbers
    .dropout(into: into, of: from, key: SplitMix64.key(seed, UInt64(step), UInt64(layer)), rate: rate)
  }
}

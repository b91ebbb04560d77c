import Tensors

/// DropConnect on the recurrent weights (Wan et al. 2013; Merity, Keskar & Socher 2018): in each minibatch every recurrent
/// weight is absent with probability `rate`, the same ones at every time step and for every lane.
///
/// The masks are a function of (seed, step, layer): the gradients' mask is drawn a second time instead of being kept.
struct WeightDropout: Sendable {
  let rate: Float
  let seed: UInt64
  private let parts: [Part]

  /// Some of the parameters, and the layer whose recurrent weights they are among.
  private struct Part {
    let range: Range<Int>
    let layer: Int?
    let origin: Int
  }

  /// Floats that one part of the work takes.
  private static let block = 1 << 14

  init(rate: Float, seed: UInt64, layout: ParameterLayout) {
    self.rate = rate
    self.seed = seed
    var parts = [Part]()
    func add(_ range: Range<Int>, layer: Int?) {
      parts += stride(from: range.lowerBound, to: range.upperBound, by: Self.block).map {
        Part(range: $0..<min(range.upperBound, $0 + Self.block), layer: layer, origin: range.lowerBound)
      }
    }
    var end = 0
    for (index, layer) in layout.layers.enumerated() {
      let region = layer.recurrentWeights
      add(end..<region.offset, layer: nil)
      end = region.range.upperBound
      add(region.offset..<end, layer: index)
    }
    add(end..<layout.count, layer: nil)
    self.parts = parts
  }

  var isActive: Bool { rate > 0 }

  /// All parameters with the mask of minibatch `step` on the recurrent weights.
  func apply(
    to parameters: AlignedFloats, into dropped: inout AlignedFloats, step: Int, kernels: Kernels, threads: Int
  ) {
    dropped.withMutableView { dropped in
      parameters.withView { parameters in
        parallel(
          parts: parts.count, threads: threads,
          Work(dropout: self, from: parameters, to: dropped, copiesRest: true, step: step, kernels: kernels))
      }
    }
  }

  /// The same mask on the gradients, in place.
  func apply(toGradients gradients: inout AlignedFloats, step: Int, kernels: Kernels, threads: Int) {
    gradients.withMutableView { gradients in
      parallel(
        parts: parts.count, threads: threads,
        Work(dropout: self, from: gradients.readOnly, to: gradients, copiesRest: false, step: step, kernels: kernels))
    }
  }

  private struct Work: ParallelWork {
    let dropout: WeightDropout
    let from: FloatsView
    let to: MutableFloatsView
    let copiesRest: Bool
    let step: Int
    let kernels: Kernels

    func run(part index: Int) {
      let part = dropout.parts[index]
      if let layer = part.layer {
        // apart from the keys of `DropoutMasks`, which have four numbers
        let key = SplitMix64.key(dropout.seed, UInt64(step), UInt64(layer))
        kernels.dropout(into: to, from, range: part.range, origin: part.origin, key: key, rate: dropout.rate)
      } else if copiesRest {
        to.copy(part.range, from: from)
      }
    }
  }
}

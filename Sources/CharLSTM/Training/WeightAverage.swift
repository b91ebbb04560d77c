import Tensors

/// An exponential moving average of the parameters over the updates (Polyak & Juditsky 1992): what is validated, sampled and
/// written as the model, while training goes on with the parameters themselves.
struct WeightAverage: Sendable {
  let decay: Double
  /// In the parameters' layout; empty where nothing is averaged.
  var values: AlignedFloats

  /// Floats that one part of the work takes.
  private static let block = 1 << 14

  init(decay: Double, of parameters: AlignedFloats) {
    self.decay = decay
    values = decay > 0 ? parameters : AlignedFloats(zeros: 0)
  }

  var isActive: Bool { decay > 0 }

  /// Takes in the parameters after update `updates`, counted from 1: early on over fewer updates, so that the fresh weights
  /// are soon forgotten.
  mutating func add(_ parameters: AlignedFloats, updates: Int, kernels: Kernels, threads: Int) {
    guard isActive else { return }
    let decay = Float(min(decay, Double(updates) / Double(updates + 9)))
    let parts = (parameters.count + Self.block - 1) / Self.block
    values.withMutableView { average in
      parameters.withView { parameters in
        parallel(
          parts: parts, threads: threads, Work(average: average, parameters: parameters, decay: decay, kernels: kernels)
        )
      }
    }
  }

  private struct Work: ParallelWork {
    let average: MutableFloatsView
    let parameters: FloatsView
    let decay: Float
    let kernels: Kernels

    func run(part: Int) {
      let range = part * block..<min(parameters.count, (part + 1) * block)
      kernels.average(average, parameters, range: range, decay: decay)
    }
  }
}

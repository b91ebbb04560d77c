import Tensors

/// An exponential moving average of the parameters over the updates (Polyak & Juditsky 1992): what is validated, sampled and
/// written as the model, while training goes on with the parameters themselves.
struct WeightAverage: Sendable {
  let decay: Double
  /// In the parameters' layout; empty where nothing is averaged.
  var values: AlignedFloats

  init(decay: Double, of parameters: AlignedFloats) {
    self.decay = decay
    values = decay > 0 ? parameters : AlignedFloats(zeros: 0)
  }

  var isActive: Bool { decay > 0 }

  /// Takes in the parameters after update `updates`, counted from 1: early on over fewer updates, so that the fresh weights
  /// are soon forgotten.
  mutating func add(_ parameters: AlignedFloats, updates: Int, processor: Processor) {
    guard isActive else { return }
    let decay = Float(min(decay, Double(updates) / Double(updates + 9)))
    values.withMutableView { average in
      parameters.withView { parameters in
        processor.run(.average(average, of: parameters, decay: decay), over: 0..<parameters.count)
      }
    }
  }
}

import Tensors

/// An exponential moving average of the parameters over the updates (Polyak & Juditsky 1992).
///
/// Validations, samples and the saved model use the average. Training continues with the parameters themselves.
struct WeightAverage: Sendable {
  let decay: Double
  /// The average, in the parameters' layout; empty if there is none.
  var values: AlignedFloats

  init(decay: Double, of parameters: AlignedFloats) {
    self.decay = decay
    values = decay > 0 ? parameters : AlignedFloats(zeros: 0)
  }

  var isActive: Bool { decay > 0 }

  /// Adds the parameters after update `updates`, counted from 1.
  ///
  /// The decay is at most updates / (updates + 9). So the average covers fewer updates at first, and soon forgets
  /// the initial weights.
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

import Tensors

/// How the learning rate changes during a training run, after a linear warm-up.
public enum LearningRateSchedule: String, Sendable, Codable, CaseIterable {
  /// The rate stays the same to the end.
  case constant
  /// The rate falls along half a cosine, from its highest value to `finalFraction` of it (Loshchilov & Hutter 2017,
  /// without restarts).
  case cosine

  /// The last rate of `cosine`, as a fraction of the highest rate.
  public static let finalFraction = 0.01

  /// Returns the learning rate of a minibatch.
  ///
  /// - Parameters:
  ///   - peak: The highest rate.
  ///   - step: The index of the minibatch, from 0.
  ///   - warmupSteps: The number of minibatches over which the rate rises linearly to its full value.
  ///   - progress: The share of the budget that is used, from 0 to 1.
  public func rate(peak: Double, step: Int, warmupSteps: Int, progress: Double) -> Double {
    let warmup = step < warmupSteps ? Double(step + 1) / Double(warmupSteps) : 1
    switch self {
    case .constant: return peak * warmup
    case .cosine:
      let share =
        Self.finalFraction + (1 - Self.finalFraction) * 0.5 * (1 + Double.cos(Double.pi * min(1, max(0, progress))))
      return peak * warmup * share
    }
  }
}

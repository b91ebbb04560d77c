#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
/// How the learning rate goes over a training run, after a linear warm-up.
public enum LearningRateSchedule: String, Sendable, Codable, CaseIterable {
  /// The same rate to the end.
  case constant
  /// Half a cosine from the highest rate down to `finalFraction` of it (Loshchilov & Hutter 2017, without restarts).
  case cosine

  /// What a cosine ends at, as a fraction of the highest rate.
  public static let finalFraction = 0.01

  /// The learning rate of a minibatch.
  ///
  /// - Parameters:
  ///   - peak: the highest rate.
  ///   - step: the minibatch, counted from 0.
  ///   - warmupSteps: minibatches in which the rate rises to what it would be without them.
  ///   - progress: share of the budget used, 0 to 1.
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

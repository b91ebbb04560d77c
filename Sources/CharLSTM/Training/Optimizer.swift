import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The update rule and its constants.
public struct OptimizerConfiguration: Sendable, Codable, Equatable {
  /// How an update follows from gradients.
  public enum Rule: String, Sendable, Codable, CaseIterable {
    /// Kingma & Ba 2015.
    case adam
    /// Stochastic gradient descent with momentum.
    case sgd
    /// Tieleman & Hinton 2012.
    case rmsprop
  }

  /// Which moments there are, and what an update does with them.
  public var rule = Rule.adam
  /// Decay of the first moment (Adam), or the momentum (SGD).
  public var beta1 = 0.9
  /// Decay of the second moment (Adam, RMSprop).
  public var beta2 = 0.99
  /// Added to the root of the second moment before an update is divided by it (Adam, RMSprop).
  public var epsilon = 1e-8

  /// A rule with the default constants.
  public init(rule: Rule = .adam) { self.rule = rule }
}

/// Changes parameters by their gradients. Its moments have the parameters' layout.
struct Optimizer: Sendable {
  let configuration: OptimizerConfiguration
  /// First moment or velocity; empty where the rule has none.
  var first: AlignedFloats
  /// Second moment; empty where the rule has none.
  var second: AlignedFloats
  /// Updates done.
  var updates = 0
  /// Scratch memory of `norm`.
  private var blockSums: [Double] = []

  /// Floats that one part of the work takes.
  private static let block = 16384

  init(_ configuration: OptimizerConfiguration, count: Int) {
    self.configuration = configuration
    first = AlignedFloats(zeros: configuration.rule == .rmsprop ? 0 : count)
    second = AlignedFloats(zeros: configuration.rule == .sgd ? 0 : count)
  }

  /// - Parameter gradientScale: what the gradients are multiplied by first.
  mutating func update(
    _ parameters: inout AlignedFloats, gradients: AlignedFloats, rate: Double, gradientScale: Double,
    weightDecay: Double = 0, kernels: Kernels, threads: Int
  ) {
    updates += 1
    var rule = updateRule(rate: rate, gradientScale: gradientScale)
    rule.decay = Float(rate * weightDecay)
    let count = parameters.count
    let choice = configuration.rule
    let parts = (count + Self.block - 1) / Self.block
    parameters.withMutableView { w in
      gradients.withView { g in
        first.withMutableView { m in
          second.withMutableView { v in
            parallel(
              parts: parts, threads: threads,
              Update(w: w, g: g, m: m, v: v, choice: choice, rule: rule, kernels: kernels))
          }
        }
      }
    }
  }

  private func updateRule(rate: Double, gradientScale: Double) -> UpdateRule {
    var rate = rate
    if configuration.rule == .adam {
      let t = Double(updates)
      rate *= (1 - pow(configuration.beta2, t)).squareRoot() / (1 - pow(configuration.beta1, t))
    }
    return UpdateRule(
      rate: Float(rate), gradientScale: Float(gradientScale), beta1: Float(configuration.beta1),
      beta2: Float(configuration.beta2), epsilon: Float(configuration.epsilon))
  }

  /// One block of the parameters a part.
  private struct Update: ParallelWork {
    let w: MutableFloatsView
    let g: FloatsView
    let m: MutableFloatsView
    let v: MutableFloatsView
    let choice: OptimizerConfiguration.Rule
    let rule: UpdateRule
    let kernels: Kernels

    func run(part: Int) {
      let range = part * block..<min(w.count, (part + 1) * block)
      switch choice {
      case .adam: kernels.adam(w, gradient: g, m: m, v: v, range: range, rule: rule)
      case .sgd: kernels.momentum(w, gradient: g, m: m, range: range, rule: rule)
      case .rmsprop: kernels.rmsprop(w, gradient: g, v: v, range: range, rule: rule)
      }
    }
  }

  /// The Euclidean norm of all gradients, summed block by block in one order whatever the number of threads.
  mutating func norm(of gradients: AlignedFloats, kernels: Kernels, threads: Int) -> Double {
    gradients.withView { view in
      kernels.sumOfSquares(view, block: Self.block, sums: &blockSums, threads: threads)
    }.squareRoot()
  }
}

import Tensors

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

  init(_ configuration: OptimizerConfiguration, count: Int) {
    self.configuration = configuration
    first = AlignedFloats(zeros: configuration.rule == .rmsprop ? 0 : count)
    second = AlignedFloats(zeros: configuration.rule == .sgd ? 0 : count)
  }

  /// Changes the parameters, and the moments.
  ///
  /// - Parameters:
  ///   - rate: the learning rate of this update.
  ///   - gradientScale: what the gradients are multiplied by first.
  ///   - weightDecay: each weight loses `rate * weightDecay` of itself besides.
  mutating func update(
    _ parameters: inout AlignedFloats, gradients: AlignedFloats, rate: Double, gradientScale: Double,
    weightDecay: Double = 0, processor: Processor
  ) {
    updates += 1
    let choice = configuration.rule
    let rule = updateRule(rate: rate, gradientScale: gradientScale, decay: rate * weightDecay)
    parameters.withMutableView { w in
      gradients.withView { g in
        first.withMutableView { m in
          second.withMutableView { v in
            let operation: ElementwiseOperation =
              switch choice {
              case .adam: .adam(w: w, m: m, v: v, gradient: g, rule)
              case .sgd: .momentum(w: w, m: m, gradient: g, rule)
              case .rmsprop: .rmsprop(w: w, v: v, gradient: g, rule)
              }
            processor.run(operation, over: 0..<w.count)
          }
        }
      }
    }
  }

  private func updateRule(rate: Double, gradientScale: Double, decay: Double) -> UpdateRule {
    var rate = rate
    if configuration.rule == .adam {
      let t = Double(updates)
      rate *= (1 - Double.pow(configuration.beta2, t)).squareRoot() / (1 - Double.pow(configuration.beta1, t))
    }
    return UpdateRule(
      rate: Float(rate), gradientScale: Float(gradientScale), beta1: Float(configuration.beta1),
      beta2: Float(configuration.beta2), epsilon: Float(configuration.epsilon), decay: Float(decay))
  }

  /// The Euclidean norm of all gradients, summed in one order whatever the number of threads.
  mutating func norm(of gradients: AlignedFloats, processor: Processor) -> Double {
    gradients.withView { processor.sumOfSquares($0, sums: &blockSums) }.squareRoot()
  }
}

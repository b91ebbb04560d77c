import Tensors

/// The update rule and its constants.
public struct OptimizerConfiguration: Sendable, Codable, Equatable {
  /// The rule that computes an update from the gradients.
  public enum Rule: String, Sendable, Codable, CaseIterable {
    /// Adam (Kingma & Ba 2015).
    case adam
    /// Stochastic gradient descent with momentum.
    case sgd
    /// RMSprop (Tieleman & Hinton 2012).
    case rmsprop
  }

  /// The update rule. It also determines which moments the optimizer keeps.
  public var rule = Rule.adam
  /// The decay of the first moment (Adam), or the momentum (SGD).
  public var beta1 = 0.9
  /// The decay of the second moment (Adam, RMSprop).
  public var beta2 = 0.99
  /// The constant ε (Adam, RMSprop). An update is divided by the square root of the second moment plus ε.
  public var epsilon = 1e-8

  /// Makes a configuration with the default constants.
  public init(rule: Rule = .adam) { self.rule = rule }
}

/// Updates parameters from their gradients. Its moments have the parameters' layout.
struct Optimizer: Sendable {
  let configuration: OptimizerConfiguration
  /// The first moment (Adam) or the velocity (SGD); empty for RMSprop.
  var first: AlignedFloats
  /// The second moment (Adam, RMSprop); empty for SGD.
  var second: AlignedFloats
  /// The number of updates so far.
  var updates = 0
  /// Scratch memory of `norm`.
  private var blockSums: [Double] = []

  init(_ configuration: OptimizerConfiguration, count: Int) {
    self.configuration = configuration
    first = AlignedFloats(zeros: configuration.rule == .rmsprop ? 0 : count)
    second = AlignedFloats(zeros: configuration.rule == .sgd ? 0 : count)
  }

  /// Updates the parameters and the moments.
  ///
  /// - Parameters:
  ///   - rate: The learning rate of this update.
  ///   - gradientScale: The factor that multiplies the gradients first. Clipping uses it.
  ///   - weightDecay: The decoupled weight decay: the update also subtracts `rate * weightDecay * weight`.
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

  /// Computes the Euclidean norm of all gradients. It has the same bits for any number of threads.
  mutating func norm(of gradients: AlignedFloats, processor: Processor) -> Double {
    gradients.withView { processor.sumOfSquares($0, sums: &blockSums) }.squareRoot()
  }
}

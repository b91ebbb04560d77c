import Tensors

/// How a model keeps learning while it is scored.
public struct DynamicEvaluationConfiguration: Sendable, Codable, Equatable {
  /// The number of characters, T, that are scored and then learned from in one step.
  public var timeSteps = 32
  /// The learning rate η, for a weight with gradients of average size in training.
  public var learningRate = 0.0003
  /// The decay λ: the fraction of the way back to the trained weights that each step takes, for a weight with gradients
  /// of average size.
  public var decay = 0.002
  /// The number ε that is added to the relative size of a weight's gradients. The step is divided by this sum.
  public var epsilon = 0.1
  /// The maximum number of minibatches of the training text for measuring the sizes of the gradients.
  public var statisticsMinibatches = 200
  /// The number of lanes, B, in each of these minibatches.
  public var statisticsLanes = 32

  /// Makes the default configuration.
  public init() {}

  /// The settings of the command line. The name of each option begins with `dynamic-`.
  public static let settings: [Setting<Self>] = [
    Setting("learningRate", \.learningRate, .from(0), help: "Learning rate of dynamic evaluation.")
      .called("rate"),
    Setting(
      "decay", \.decay, .from(0, to: 1),
      help: "Fraction of the way back to the trained weights that each dynamic step takes."),
    Setting(
      "epsilon", \.epsilon, .above(0),
      help: """
        Constant added to the size of each weight's gradients, so that rarely used weights do not change too much.
        """),
    Setting("timeSteps", \.timeSteps, .whole(1...1 << 16), help: "Characters per dynamic step."),
  ]
}

/// Dynamic evaluation: the model learns from each piece of the text after the piece is scored. So it adapts to the text.
///
/// The method is that of Krause, Kahembwe, Murray & Renals 2018, "Dynamic evaluation of neural sequence models",
/// section 4: RMS with a prior.
///
///     θ ← θ + min(1, λ s) (θ₀ - θ) - η (∇L / μ) / (s + ε),     s = r / μ
///
/// r is the root mean square of the weight's gradient over minibatches of the training text. μ is the mean of r over
/// all weights.
///
/// Every character is predicted by weights that have not learned from it. The model itself does not change.
public struct DynamicEvaluation: Sendable {
  /// The configuration of the evaluation.
  public let configuration: DynamicEvaluationConfiguration
  private let parameters: Parameters
  private let processor: Processor
  /// The factors η / μ / (s + ε) and min(1, λ s) of each weight, in the parameters' layout.
  private let rates: AlignedFloats
  private let returns: AlignedFloats

  /// Measures the size of each weight's gradient on the training text.
  ///
  /// - Parameters:
  ///   - parameters: The trained weights θ₀, from which every evaluation starts.
  ///   - training: The text that the model was trained on, or a part of it. It must not contain text that will be
  ///     scored.
  ///   - configuration: How the model learns.
  ///   - processor: The instruction set and the number of threads. The result does not depend on them.
  /// - Throws: `LaneBatchesError.tooShort` if the text is too short for one minibatch.
  public init(
    parameters: Parameters, training: TokenSequence,
    configuration: DynamicEvaluationConfiguration = DynamicEvaluationConfiguration(), processor: Processor
  ) throws(LaneBatchesError) {
    self.configuration = configuration
    self.parameters = parameters
    self.processor = processor
    let squares = try Self.meanSquaredGradients(
      parameters, training: training, configuration: configuration, processor: processor)
    let sizes = squares.floats(in: 0..<squares.count).map { Double($0).squareRoot() }
    let trained = Double(parameters.layout.configuration.parameterCount)
    let mean = max(sizes.reduce(0, +) / trained, .leastNormalMagnitude)
    var (rates, returns) = (AlignedFloats(zeros: squares.count), AlignedFloats(zeros: squares.count))
    rates.replace(
      from: 0, with: sizes.map { Float(configuration.learningRate / mean / ($0 / mean + configuration.epsilon)) })
    returns.replace(from: 0, with: sizes.map { Float(min(1, configuration.decay * $0 / mean)) })
    (self.rates, self.returns) = (rates, returns)
  }

  /// The mean of the squared gradient of each weight, over the first minibatches. Their lanes are spread over the whole
  /// text.
  private static func meanSquaredGradients(
    _ parameters: Parameters, training: TokenSequence, configuration: DynamicEvaluationConfiguration,
    processor: Processor
  ) throws(LaneBatchesError) -> AlignedFloats {
    let batches = try LaneBatches(
      tokens: training, lanes: configuration.statisticsLanes, timeSteps: configuration.timeSteps)
    let learner = Learner(
      parameters.layout, shape: MinibatchShape(lanes: batches.lanes, timeSteps: batches.timeSteps),
      processor: processor)
    learner.backpropagation.parametersDidChange(parameters.values)
    var squares = AlignedFloats(zeros: parameters.values.count)
    var unchanged = parameters.values
    for minibatch in 0..<min(batches.minibatchesPerEpoch, configuration.statisticsMinibatches) {
      learner.minibatch.fill(from: batches, index: minibatch, epoch: 0)
      _ = learner.run(parameters: parameters.values)
      // RMSprop's running mean, with a decay that gives every minibatch the same weight
      let rule = UpdateRule(
        rate: 0, gradientScale: 1, beta2: Float(minibatch) / Float(minibatch + 1), epsilon: 1)
      unchanged.withMutableView { w in
        learner.gradients.withView { g in
          squares.withMutableView { v in
            processor.run(.rmsprop(w: w, v: v, gradient: g, rule), over: 0..<v.count)
          }
        }
      }
    }
    return squares
  }

  /// Scores a text in one pass from a zero state. Every character except the first is predicted and then learned from.
  /// - Returns: nil for fewer than 2 tokens.
  public func evaluate(_ tokens: TokenSequence) -> Evaluation? {
    let predictions = tokens.count - 1
    guard predictions > 0 else { return nil }
    var adapted = parameters.values
    var total = 0.0
    var state: RecurrentState?
    var position = 0
    // the last piece may be shorter
    for length in [configuration.timeSteps, predictions % configuration.timeSteps] where length > 0 {
      guard predictions - position >= length else { continue }
      let learner = Learner(
        parameters.layout, shape: MinibatchShape(lanes: 1, timeSteps: length), processor: processor)
      if let state { learner.backpropagation.carriedState = state }
      while predictions - position >= length {
        learner.minibatch.fill(from: tokens, start: position)
        learner.backpropagation.parametersDidChange(adapted)
        total += Double(length) * learner.run(parameters: adapted)
        adapt(&adapted, gradients: learner.gradients)
        position += length
      }
      state = learner.backpropagation.carriedState
    }
    return Evaluation(characters: predictions, natsPerCharacter: total / Double(predictions))
  }

  private func adapt(_ values: inout AlignedFloats, gradients: AlignedFloats) {
    values.withMutableView { w in
      gradients.withView { g in
        parameters.values.withView { origin in
          rates.withView { rates in
            returns.withView { returns in
              processor.run(
                .adapt(w: w, gradient: g, origin: origin, rates: rates, returns: returns), over: 0..<w.count)
            }
          }
        }
      }
    }
  }

  /// Computes the loss and the gradients of pieces of one shape, without dropout.
  private final class Learner {
    let backpropagation: BackpropagationThroughTime
    var minibatch: BackpropagationPass.Minibatch
    var gradients: AlignedFloats

    init(_ layout: ParameterLayout, shape: MinibatchShape, processor: Processor) {
      backpropagation = BackpropagationThroughTime(parameters: layout, shape: shape, processor: processor)
      minibatch = BackpropagationPass.Minibatch(shape.lanes * shape.timeSteps)
      gradients = AlignedFloats(zeros: layout.count)
    }

    func run(parameters: AlignedFloats) -> Double {
      backpropagation.run(minibatch, step: 0, parameters: parameters, gradients: &gradients)
    }
  }
}

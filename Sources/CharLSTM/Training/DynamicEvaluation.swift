import Tensors

/// How a model goes on learning while it is scored.
public struct DynamicEvaluationConfiguration: Sendable, Codable, Equatable {
  /// T: characters that are scored and then learnt from, in one step.
  public var timeSteps = 32
  /// η: the size of a step, for a weight whose gradients in training were of mean size.
  public var learningRate = 0.0003
  /// λ: the share of the way back to the trained weights that each step takes, for a weight whose gradients were of mean size.
  public var decay = 0.002
  /// ε: what is added to the relative size of a weight's gradients before its step is divided by it.
  public var epsilon = 0.1
  /// Minibatches of the training text that the sizes of the gradients are measured on, at most.
  public var statisticsMinibatches = 200
  /// B: lanes of each.
  public var statisticsLanes = 32

  /// Every property at its default.
  public init() {}
}

/// Dynamic evaluation: the model learns from each piece of the text after it was scored, and so adapts to it (Krause, Kahembwe,
/// Murray & Renals 2018, "Dynamic evaluation of neural sequence models", section 4: RMS with a prior).
///
///     θ ← θ + min(1, λ s) (θ₀ - θ) - η (∇L / μ) / (s + ε),     s = r / μ
///
/// r = √(mean of (∇L)²) of the weight over minibatches of the training text, μ the mean of r over all weights.
///
/// Every character is predicted by weights that have not seen it. The model itself stays as it is.
public struct DynamicEvaluation: Sendable {
  /// How far and how often the model learns, as it was given.
  public let configuration: DynamicEvaluationConfiguration
  private let parameters: Parameters
  private let kernels: Kernels
  private let threads: Int
  /// η / μ / (s + ε) and min(1, λ s), in the parameters' layout.
  private let rates: AlignedFloats
  private let returns: AlignedFloats

  /// Floats that one part of the work takes.
  private static let block = 1 << 14

  /// Measures how large the gradient of each weight is on the text that the model was trained on.
  ///
  /// - Parameters:
  ///   - parameters: the trained weights θ₀, from which every evaluation begins.
  ///   - training: that text, or some of it; no text that is to be scored.
  ///   - configuration: how far and how often the model learns.
  ///   - kernels: the operations that everything is computed with.
  ///   - threads: the result is the same for any number.
  /// - Throws: `LaneBatchesError.tooShort` where the text has not even one minibatch.
  public init(
    parameters: Parameters, training: TokenSequence,
    configuration: DynamicEvaluationConfiguration = DynamicEvaluationConfiguration(), kernels: Kernels = Kernels(),
    threads: Int
  ) throws(LaneBatchesError) {
    self.configuration = configuration
    self.parameters = parameters
    self.kernels = kernels
    self.threads = threads
    let squares = try Self.meanSquaredGradients(
      parameters, training: training, configuration: configuration, kernels: kernels, threads: threads)
    let sizes = squares.floats(in: 0..<squares.count).map { Double($0).squareRoot() }
    let trained = Double(parameters.layout.configuration.parameterCount)
    let mean = max(sizes.reduce(0, +) / trained, .leastNormalMagnitude)
    var (rates, returns) = (AlignedFloats(zeros: squares.count), AlignedFloats(zeros: squares.count))
    rates.replace(
      from: 0, with: sizes.map { Float(configuration.learningRate / mean / ($0 / mean + configuration.epsilon)) })
    returns.replace(from: 0, with: sizes.map { Float(min(1, configuration.decay * $0 / mean)) })
    (self.rates, self.returns) = (rates, returns)
  }

  /// The mean of the squared gradient of each weight over minibatches spread over the text.
  private static func meanSquaredGradients(
    _ parameters: Parameters, training: TokenSequence, configuration: DynamicEvaluationConfiguration, kernels: Kernels,
    threads: Int
  ) throws(LaneBatchesError) -> AlignedFloats {
    let batches = try LaneBatches(
      tokens: training, lanes: configuration.statisticsLanes, timeSteps: configuration.timeSteps)
    let learner = Learner(
      parameters.layout, lanes: batches.lanes, timeSteps: batches.timeSteps, kernels: kernels, threads: threads)
    learner.backpropagation.parametersDidChange(parameters.values)
    var squares = AlignedFloats(zeros: parameters.values.count)
    var unchanged = parameters.values
    for minibatch in 0..<min(batches.minibatchesPerEpoch, configuration.statisticsMinibatches) {
      batches.fill(minibatch: minibatch, inputs: &learner.inputs, targets: &learner.targets)
      _ = learner.run(parameters: parameters.values)
      // a mean as RMSprop keeps it, its decay such that every minibatch counts the same
      let rule = UpdateRule(
        rate: 0, gradientScale: 1, beta2: Float(minibatch) / Float(minibatch + 1), epsilon: 1)
      unchanged.withMutableView { w in
        learner.gradients.withView { g in
          squares.withMutableView { v in
            kernels.rmsprop(w, gradient: g, v: v, range: 0..<v.count, rule: rule)
          }
        }
      }
    }
    return squares
  }

  /// One pass over a text from a zero state, in which every character but the first is predicted and then learnt from.
  /// - Returns: nil for fewer than 2 tokens.
  public func evaluate(_ tokens: TokenSequence) -> Evaluation? {
    let predictions = tokens.count - 1
    guard predictions > 0 else { return nil }
    var adapted = parameters.values
    var total = 0.0
    var state: RecurrentState?
    var position = 0
    // what is left at the end is a shorter piece of its own
    for length in [configuration.timeSteps, predictions % configuration.timeSteps] where length > 0 {
      guard predictions - position >= length else { continue }
      let learner = Learner(parameters.layout, lanes: 1, timeSteps: length, kernels: kernels, threads: threads)
      if let state { learner.backpropagation.carriedState = state }
      while predictions - position >= length {
        tokens.copy(position..<position + length, into: &learner.inputs, first: 0, stride: 1)
        tokens.copy(position + 1..<position + length + 1, into: &learner.targets, first: 0, stride: 1)
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
    let parts = (values.count + Self.block - 1) / Self.block
    values.withMutableView { w in
      gradients.withView { g in
        parameters.values.withView { origin in
          rates.withView { rates in
            returns.withView { returns in
              parallel(
                parts: parts, threads: threads,
                Adaptation(w: w, g: g, origin: origin, rates: rates, returns: returns, kernels: kernels))
            }
          }
        }
      }
    }
  }

  /// One block of the parameters a part.
  private struct Adaptation: ParallelWork {
    let w: MutableFloatsView
    let g: FloatsView
    let origin: FloatsView
    let rates: FloatsView
    let returns: FloatsView
    let kernels: Kernels

    func run(part: Int) {
      let range = part * block..<min(w.count, (part + 1) * block)
      kernels.adapt(w, gradient: g, origin: origin, rates: rates, returns: returns, range: range)
    }
  }

  /// Loss and gradients of pieces of one shape, without any dropout.
  private final class Learner {
    let backpropagation: BackpropagationThroughTime
    var inputs: [Int32]
    var targets: [Int32]
    var gradients: AlignedFloats

    init(_ layout: ParameterLayout, lanes: Int, timeSteps: Int, kernels: Kernels, threads: Int) {
      backpropagation = BackpropagationThroughTime(
        layout: layout, lanes: lanes, timeSteps: timeSteps, dropout: 0, seed: 0, kernels: kernels, threads: threads)
      inputs = [Int32](repeating: 0, count: lanes * timeSteps)
      targets = inputs
      gradients = AlignedFloats(zeros: layout.count)
    }

    func run(parameters: AlignedFloats) -> Double {
      backpropagation.run(inputs: inputs, targets: targets, step: 0, parameters: parameters, gradients: &gradients)
    }
  }
}

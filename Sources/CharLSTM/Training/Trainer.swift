import Tensors

/// Trains a network statefully on the lanes of a corpus, one minibatch at a time.
///
/// It knows nothing of clocks, files or screens: whoever calls `step` decides when to stop (`TrainingRun` does). The same
/// configuration, corpus and seed give the same bits for any number of threads.
///
/// `TrainingMemory` has the formula of the memory it takes.
public final class Trainer {
  public let configuration: TrainingConfiguration
  public let vocabulary: Vocabulary
  public let batches: LaneBatches
  public let threads: Int
  public let kernels: Kernels

  public private(set) var parameters: Parameters
  /// Minibatches done.
  public private(set) var step = 0

  private var gradients: AlignedFloats
  private var optimizer: Optimizer
  private let backpropagation: BackpropagationThroughTime
  private var inputs: [Int32]
  private var targets: [Int32]

  /// What one minibatch did.
  public struct StepReport: Sendable {
    /// Nats per character, before the update.
    public let loss: Double
    /// Euclidean norm of all gradients, before clipping.
    public let gradientNorm: Double
    public let learningRate: Double
  }

  /// A network with fresh weights.
  public convenience init(
    model: ModelConfiguration, configuration: TrainingConfiguration, vocabulary: Vocabulary, batches: LaneBatches,
    threads: Int, kernels: Kernels = Kernels()
  ) {
    var generator = SeededGenerator(seed: configuration.seed)
    self.init(
      parameters: Parameters(model, generator: &generator), configuration: configuration, vocabulary: vocabulary,
      batches: batches, threads: threads, kernels: kernels)
  }

  init(
    parameters: Parameters, configuration: TrainingConfiguration, vocabulary: Vocabulary, batches: LaneBatches,
    threads: Int, kernels: Kernels
  ) {
    let layout = parameters.layout
    self.configuration = configuration
    self.vocabulary = vocabulary
    self.batches = batches
    self.threads = max(1, threads)
    self.kernels = kernels
    self.parameters = parameters
    gradients = AlignedFloats(zeros: layout.count)
    optimizer = Optimizer(configuration.optimizer, count: layout.count)
    backpropagation = BackpropagationThroughTime(
      layout: layout, lanes: batches.lanes, timeSteps: batches.timeSteps, dropout: Float(configuration.dropout),
      seed: configuration.seed, precision: configuration.precision, kernels: kernels, threads: max(1, threads))
    inputs = [Int32](repeating: 0, count: batches.lanes * batches.timeSteps)
    targets = inputs
    backpropagation.parametersDidChange(parameters)
  }

  /// Passes over the training part done, as a fraction.
  public var epoch: Double { Double(step) / Double(batches.minibatchesPerEpoch) }

  /// The network as it is now.
  public var model: CharacterModel { CharacterModel(parameters: parameters, vocabulary: vocabulary, kernels: kernels) }

  /// Bytes held for activations and derived weights.
  var workspaceBytes: Int { backpropagation.workspaceBytes }

  /// Trains on the next minibatch.
  ///
  /// - Parameter learningRate: of this update.
  /// - Throws: `TrainingError.lossNotFinite`; the parameters are then those of the step before.
  @discardableResult
  public func step(learningRate: Double) throws(TrainingError) -> StepReport {
    let minibatch = step % batches.minibatchesPerEpoch
    if minibatch == 0 { backpropagation.resetCarriedState() }
    batches.fill(minibatch: minibatch, inputs: &inputs, targets: &targets)
    let loss = backpropagation.run(
      inputs: inputs, targets: targets, step: step, parameters: parameters, gradients: &gradients)
    let norm = optimizer.norm(of: gradients, kernels: kernels, threads: threads)
    guard loss.isFinite, norm.isFinite else {
      throw .lossNotFinite(step: step, loss: loss, gradientNorm: norm, learningRate: learningRate)
    }
    let clip = configuration.clipNorm
    optimizer.update(
      &parameters.values, gradients: gradients, rate: learningRate,
      gradientScale: clip > 0 && norm > clip ? clip / norm : 1, kernels: kernels, threads: threads)
    backpropagation.parametersDidChange(parameters)
    step += 1
    return StepReport(loss: loss, gradientNorm: norm, learningRate: learningRate)
  }

  /// Everything that the next step depends on.
  public var state: TrainingState {
    get {
      TrainingState(
        step: step, parameters: parameters, firstMoment: optimizer.first, secondMoment: optimizer.second,
        recurrentState: backpropagation.carriedState)
    }
    set {
      precondition(newValue.parameters.layout == parameters.layout, "a state of another network")
      step = newValue.step
      parameters = newValue.parameters
      optimizer.first = newValue.firstMoment
      optimizer.second = newValue.secondMoment
      optimizer.updates = newValue.step
      backpropagation.carriedState = newValue.recurrentState
      backpropagation.parametersDidChange(parameters)
    }
  }

  /// The gradients of the last minibatch, before clipping; for tests against finite differences.
  func gradient(of tensor: NamedTensor) -> [Float] {
    var view = Parameters(zeros: parameters.layout)
    view.values = gradients
    return view[tensor]
  }
}

/// Everything that the next training step depends on, besides the configuration and the corpus.
///
/// The cursor in the corpus is the step, and the dropout masks are a function of (seed, step): neither needs a generator.
public struct TrainingState: Sendable, Equatable {
  public var step: Int
  public var parameters: Parameters
  /// Optimizer's first moment in the parameters' layout, or empty.
  public var firstMoment: AlignedFloats
  /// Optimizer's second moment in the parameters' layout, or empty.
  public var secondMoment: AlignedFloats
  /// The lanes' hidden and cell state, carried into the next minibatch.
  public var recurrentState: RecurrentState
}

/// Why training stopped by itself.
public enum TrainingError: Error, Sendable, Equatable {
  /// A loss or gradient that is not a number, or infinite; mostly a learning rate that is too high.
  case lossNotFinite(step: Int, loss: Double, gradientNorm: Double, learningRate: Double)
}

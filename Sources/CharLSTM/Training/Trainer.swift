import Tensors

/// Trains a network statefully on the lanes of a corpus, one minibatch at a time.
///
/// It knows nothing of clocks, files or screens: whoever calls `step` decides when to stop (`TrainingRun` does). The same
/// configuration, corpus and seed give the same bits for any number of threads.
///
/// `TrainingMemory` has the formula of the memory it takes.
public final class Trainer {
  /// All settings but the sizes of the network; its budget and patience are for the caller to keep.
  public let configuration: TrainingConfiguration
  /// The characters that ids stand for; training itself knows only ids.
  public let vocabulary: Vocabulary
  /// What is trained on, minibatch by minibatch.
  public let batches: LaneBatches
  /// How many share the work of a minibatch, 1 or more; the weights do not depend on it.
  public let threads: Int
  /// The operations that everything is computed with; the weights have the same bits with all of them.
  public let kernels: Kernels

  /// The weights after `step` updates, not averaged.
  public private(set) var parameters: Parameters
  /// Minibatches done.
  public private(set) var step = 0

  private var gradients: AlignedFloats
  private var optimizer: Optimizer
  private var average: WeightAverage
  private let weightDropout: WeightDropout
  /// The parameters without the weights that are dropped in this minibatch; empty where none are.
  private var dropped: AlignedFloats
  private let backpropagation: BackpropagationThroughTime
  private var inputs: [Int32]
  private var targets: [Int32]

  /// What one minibatch did.
  public struct StepReport: Sendable {
    /// Nats per character, before the update.
    public let loss: Double
    /// Euclidean norm of all gradients, before clipping.
    public let gradientNorm: Double
    /// The rate of the update, as it was given.
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
      isDropoutLocked: configuration.isDropoutLocked, seed: configuration.seed, precision: configuration.precision,
      objective: configuration.objective, kernels: kernels, threads: max(1, threads))
    average = WeightAverage(decay: configuration.averageDecay, of: parameters.values)
    weightDropout = WeightDropout(rate: Float(configuration.weightDropout), seed: configuration.seed, layout: layout)
    dropped = AlignedFloats(zeros: weightDropout.isActive ? layout.count : 0)
    inputs = [Int32](repeating: 0, count: batches.lanes * batches.timeSteps)
    targets = inputs
    if !weightDropout.isActive { backpropagation.parametersDidChange(parameters.values) }
  }

  /// Passes over the training part done, as a fraction.
  public var epoch: Double { Double(step) / Double(batches.minibatchesPerEpoch) }

  /// What becomes the model: the average of the parameters where there is one, else the parameters.
  public var averagedParameters: Parameters {
    guard average.isActive else { return parameters }
    var averaged = parameters
    averaged.values = average.values
    return averaged
  }

  /// The network as it is now.
  public var model: CharacterModel {
    CharacterModel(parameters: averagedParameters, vocabulary: vocabulary, kernels: kernels)
  }

  /// Bytes held for activations and derived weights.
  var workspaceBytes: Int { backpropagation.workspaceBytes }

  /// Trains on the next minibatch.
  ///
  /// - Parameter learningRate: of this update.
  /// - Throws: `TrainingError.lossNotFinite`; the parameters are then those of the step before.
  @discardableResult
  public func step(learningRate: Double) throws(TrainingError) -> StepReport {
    let (epoch, minibatch) = step.quotientAndRemainder(dividingBy: batches.minibatchesPerEpoch)
    if batches.beginsFromZero(step: step) { backpropagation.resetCarriedState() }
    batches.fill(minibatch: minibatch, epoch: epoch, inputs: &inputs, targets: &targets)
    disturb()
    let loss: Double
    if weightDropout.isActive {
      weightDropout.apply(to: parameters.values, into: &dropped, step: step, kernels: kernels, threads: threads)
      backpropagation.parametersDidChange(dropped)
      loss = backpropagation.run(
        inputs: inputs, targets: targets, step: step, parameters: dropped, gradients: &gradients)
      weightDropout.apply(toGradients: &gradients, step: step, kernels: kernels, threads: threads)
    } else {
      loss = backpropagation.run(
        inputs: inputs, targets: targets, step: step, parameters: parameters.values, gradients: &gradients)
    }
    let norm = optimizer.norm(of: gradients, kernels: kernels, threads: threads)
    guard loss.isFinite, norm.isFinite else {
      throw .lossNotFinite(step: step, loss: loss, gradientNorm: norm, learningRate: learningRate)
    }
    let clip = configuration.clipNorm
    optimizer.update(
      &parameters.values, gradients: gradients, rate: learningRate,
      gradientScale: clip > 0 && norm > clip ? clip / norm : 1,
      weightDecay: configuration.weightDecay, kernels: kernels, threads: threads)
    if !weightDropout.isActive { backpropagation.parametersDidChange(parameters.values) }
    step += 1
    average.add(parameters.values, updates: step, kernels: kernels, threads: threads)
    return StepReport(loss: loss, gradientNorm: norm, learningRate: learningRate)
  }

  /// Replaces some of what is read and forgets some of what is carried, as the configuration has it; a function of
  /// (seed, step).
  private func disturb() {
    guard configuration.resetProbability > 0 || configuration.inputNoise > 0 else { return }
    var generator = SplitMix64(state: SplitMix64.key(configuration.seed, UInt64(step)))
    func happens(_ probability: Double) -> Bool { Double(generator.next() >> 11) * 0x1p-53 < probability }
    if configuration.resetProbability > 0 {
      for lane in 0..<batches.lanes where happens(configuration.resetProbability) {
        backpropagation.resetCarriedState(lane: lane)
      }
    }
    guard configuration.inputNoise > 0 else { return }
    for index in inputs.indices where happens(configuration.inputNoise) {
      inputs[index] = batches.tokens[Int(generator.next() % UInt64(batches.tokens.count))]
    }
  }

  /// Everything that the next step depends on.
  public var state: TrainingState {
    get {
      TrainingState(
        step: step, parameters: parameters, firstMoment: optimizer.first, secondMoment: optimizer.second,
        average: average.values,
        recurrentState: backpropagation.carriedState)
    }
    set {
      precondition(newValue.parameters.layout == parameters.layout, "a state of another network")
      step = newValue.step
      parameters = newValue.parameters
      optimizer.first = newValue.firstMoment
      optimizer.second = newValue.secondMoment
      optimizer.updates = newValue.step
      average.values = newValue.average
      backpropagation.carriedState = newValue.recurrentState
      if !weightDropout.isActive { backpropagation.parametersDidChange(parameters.values) }
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
  /// Minibatches done, which is also the cursor in the corpus.
  public var step: Int
  /// The weights after that many updates, not averaged.
  public var parameters: Parameters
  /// Optimizer's first moment in the parameters' layout, or empty.
  public var firstMoment: AlignedFloats
  /// Optimizer's second moment in the parameters' layout, or empty.
  public var secondMoment: AlignedFloats
  /// Average of the parameters in their layout, or empty.
  public var average: AlignedFloats
  /// The lanes' hidden and cell state, carried into the next minibatch.
  public var recurrentState: RecurrentState
}

/// Why training stopped by itself.
public enum TrainingError: Error, Sendable, Equatable {
  /// A loss or gradient that is not a number, or infinite; mostly a learning rate that is too high.
  case lossNotFinite(step: Int, loss: Double, gradientNorm: Double, learningRate: Double)
}

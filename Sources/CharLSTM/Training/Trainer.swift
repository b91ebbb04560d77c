import Tensors

/// Trains a network statefully on the lanes of a corpus, one minibatch at a time.
///
/// It knows nothing of clocks, files or screens: whoever calls `step` decides when to stop (`TrainingRun` does). The same
/// configuration, corpus and seed give the same bits for any number of threads.
///
/// `TrainingMemory` says how much memory it takes.
public final class Trainer {
  /// All settings but the sizes of the network; its budget and patience are for the caller to keep.
  public let configuration: TrainingConfiguration
  /// The characters that ids stand for; training itself knows only ids.
  public let vocabulary: Vocabulary
  /// What is trained on, minibatch by minibatch.
  public let batches: LaneBatches
  /// What computes; the weights have the same bits on any.
  public let processor: Processor

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
  private var minibatch: BackpropagationPass.Minibatch

  /// What one minibatch did.
  public struct Step: Sendable {
    /// Nats per character, before the update.
    public let loss: Double
    /// Euclidean norm of all gradients, before clipping.
    public let gradientNorm: Double
    /// The rate of the update, as it was given.
    public let learningRate: Double

    package init(loss: Double, gradientNorm: Double, learningRate: Double) {
      self.loss = loss
      self.gradientNorm = gradientNorm
      self.learningRate = learningRate
    }
  }

  /// A network with fresh weights.
  public convenience init(
    model: ModelConfiguration, configuration: TrainingConfiguration, vocabulary: Vocabulary, batches: LaneBatches,
    processor: Processor
  ) {
    var generator = SeededGenerator(seed: configuration.seed)
    self.init(
      parameters: Parameters(model, generator: &generator), configuration: configuration, vocabulary: vocabulary,
      batches: batches, processor: processor)
  }

  init(
    parameters: Parameters, configuration: TrainingConfiguration, vocabulary: Vocabulary, batches: LaneBatches,
    processor: Processor
  ) {
    let layout = parameters.layout
    self.configuration = configuration
    self.vocabulary = vocabulary
    self.batches = batches
    self.processor = processor
    self.parameters = parameters
    gradients = AlignedFloats(zeros: layout.count)
    optimizer = Optimizer(configuration.optimizer, count: layout.count)
    backpropagation = BackpropagationThroughTime(
      parameters: layout, shape: MinibatchShape(lanes: batches.lanes, timeSteps: batches.timeSteps),
      dropout: Dropout(
        rate: Float(configuration.dropout), isLocked: configuration.isDropoutLocked, seed: configuration.seed),
      precision: configuration.precision, objective: configuration.objective, processor: processor)
    average = WeightAverage(decay: configuration.averageDecay, of: parameters.values)
    weightDropout = WeightDropout(rate: Float(configuration.weightDropout), seed: configuration.seed, layout: layout)
    dropped = AlignedFloats(zeros: weightDropout.isActive ? layout.count : 0)
    minibatch = BackpropagationPass.Minibatch(batches.lanes * batches.timeSteps)
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
    CharacterModel(parameters: averagedParameters, vocabulary: vocabulary, kernels: processor.kernels)
  }

  /// Trains on the next minibatch.
  ///
  /// - Parameter learningRate: of this update.
  /// - Throws: `TrainingError.lossNotFinite`; the parameters are then those of the step before.
  @discardableResult
  public func step(learningRate: Double) throws(TrainingError) -> Step {
    let loss = backpropagate()
    let norm = optimizer.norm(of: gradients, processor: processor)
    guard loss.isFinite, norm.isFinite else {
      throw .lossNotFinite(step: step, loss: loss, gradientNorm: norm, learningRate: learningRate)
    }
    let clip = configuration.clipNorm
    optimizer.update(
      &parameters.values, gradients: gradients, rate: learningRate,
      gradientScale: clip > 0 && norm > clip ? clip / norm : 1, weightDecay: configuration.weightDecay,
      processor: processor)
    if !weightDropout.isActive { backpropagation.parametersDidChange(parameters.values) }
    step += 1
    average.add(parameters.values, updates: step, processor: processor)
    return Step(loss: loss, gradientNorm: norm, learningRate: learningRate)
  }

  /// Reads the next minibatch, computes its gradients, and returns its loss.
  private func backpropagate() -> Double {
    let (epoch, index) = step.quotientAndRemainder(dividingBy: batches.minibatchesPerEpoch)
    if batches.beginsFromZero(step: step) { backpropagation.resetCarriedState(lanes: 0..<batches.lanes) }
    minibatch.fill(from: batches, index: index, epoch: epoch)
    disturb()
    guard weightDropout.isActive else {
      return backpropagation.run(minibatch, step: step, parameters: parameters.values, gradients: &gradients)
    }
    weightDropout.drop(parameters.values, into: &dropped, step: step, processor: processor)
    backpropagation.parametersDidChange(dropped)
    let loss = backpropagation.run(minibatch, step: step, parameters: dropped, gradients: &gradients)
    weightDropout.drop(gradients: &gradients, step: step, processor: processor)
    return loss
  }

  /// Replaces some of what is read and forgets some of what is carried, as the configuration has it; a function of
  /// (seed, step).
  private func disturb() {
    guard configuration.resetProbability > 0 || configuration.inputNoise > 0 else { return }
    var generator = SplitMix64(state: SplitMix64.key(configuration.seed, UInt64(step)))
    func happens(_ probability: Double) -> Bool { Double(generator.next() >> 11) * 0x1p-53 < probability }
    if configuration.resetProbability > 0 {
      for lane in 0..<batches.lanes where happens(configuration.resetProbability) {
        backpropagation.resetCarriedState(lanes: lane..<lane + 1)
      }
    }
    guard configuration.inputNoise > 0 else { return }
    for index in minibatch.inputs.indices where happens(configuration.inputNoise) {
      minibatch.inputs[index] = batches.tokens[Int(generator.next() % UInt64(batches.tokens.count))]
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

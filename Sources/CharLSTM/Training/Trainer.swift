import Tensors

/// Trains a network statefully on the lanes of a corpus, one minibatch at a time.
///
/// Its caller decides when to stop; `TrainingRun` does so by budget and validation loss. The same configuration, corpus
/// and seed give the same bits for any number of threads.
///
/// `TrainingMemory` computes how much memory it takes.
public final class Trainer {
  /// The settings of training. The trainer ignores the budget and the patience, which are for its caller.
  public let configuration: TrainingConfiguration
  /// The vocabulary of the corpus. Training uses only ids; a model needs their characters.
  public let vocabulary: Vocabulary
  /// The minibatches of the training part.
  public let batches: LaneBatches
  /// The kernels and threads. The weights do not depend on them.
  public let processor: Processor

  /// The weights after `step` updates, without averaging.
  public private(set) var parameters: Parameters
  /// The number of minibatches done.
  public private(set) var step = 0

  private var gradients: AlignedFloats
  private var optimizer: Optimizer
  private var average: WeightAverage
  private let weightDropout: WeightDropout
  /// The parameters with the weight dropout of this minibatch; empty without weight dropout.
  private var dropped: AlignedFloats
  private let backpropagation: BackpropagationThroughTime
  private var minibatch: BackpropagationPass.Minibatch

  /// The numbers of one minibatch.
  public struct Step: Sendable {
    /// The loss before the update, in nats per character.
    public let loss: Double
    /// The Euclidean norm of all gradients, before clipping.
    public let gradientNorm: Double
    /// The learning rate of the update.
    public let learningRate: Double

    package init(loss: Double, gradientNorm: Double, learningRate: Double) {
      self.loss = loss
      self.gradientNorm = gradientNorm
      self.learningRate = learningRate
    }
  }

  /// Makes a trainer for a network with fresh weights.
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

  /// The number of passes over the training part, with the fraction of the current one.
  public var epoch: Double { Double(step) / Double(batches.minibatchesPerEpoch) }

  /// The parameters of the model: the moving average if there is one, otherwise the parameters themselves.
  public var averagedParameters: Parameters {
    guard average.isActive else { return parameters }
    var averaged = parameters
    averaged.values = average.values
    return averaged
  }

  /// The model as it is now.
  public var model: CharacterModel {
    CharacterModel(parameters: averagedParameters, vocabulary: vocabulary, kernels: processor.kernels)
  }

  /// Trains on the next minibatch.
  ///
  /// - Parameter learningRate: The learning rate of this update.
  /// - Throws: `TrainingError.lossNotFinite`. The parameters are then still those of the last step, but the carried state
  ///   is not, so do not train on.
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

  /// Replaces some inputs and resets some lanes, with the probabilities of the configuration. The choice depends only on
  /// the seed and the step.
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

  /// Everything that the next step depends on, besides the configuration and the corpus.
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
}

/// Everything that the next training step depends on, besides the configuration and the corpus.
///
/// The step gives the position in the corpus. The seed and the step give the dropout masks.
public struct TrainingState: Sendable, Equatable {
  /// The number of minibatches done.
  public var step: Int
  /// The weights after `step` updates, without averaging.
  public var parameters: Parameters
  /// The optimizer's first moments in the layout of the parameters, or empty.
  public var firstMoment: AlignedFloats
  /// The optimizer's second moments in the layout of the parameters, or empty.
  public var secondMoment: AlignedFloats
  /// The moving average of the parameters in their layout, or empty.
  public var average: AlignedFloats
  /// The hidden and cell state that each lane carries into the next minibatch.
  public var recurrentState: RecurrentState
}

/// The reason why training cannot continue.
public enum TrainingError: Error, Sendable, Equatable {
  /// The loss or the gradient norm is infinite or not a number, usually because the learning rate is too high.
  case lossNotFinite(step: Int, loss: Double, gradientNorm: Double, learningRate: Double)
}

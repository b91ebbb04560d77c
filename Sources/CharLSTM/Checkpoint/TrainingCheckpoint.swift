import Tensors

/// A training state, `NAME.training.safetensors`: everything needed to continue exactly where training stopped.
///
/// The position in the corpus follows from the step, and the dropout masks follow from the seed and the step. So the
/// file needs only the weights, the optimizer's moments and the recurrent state of the lanes.
public struct TrainingCheckpoint: Sendable {
  /// The weights, moments, average and recurrent state after `state.step` minibatches.
  public var state: TrainingState
  /// The vocabulary that tokenizes the corpus when training continues.
  public var vocabulary: Vocabulary
  /// The run's settings, its corpus, and its losses so far.
  public var summary: TrainingSummary
  /// The corpus files as the user named them. A resumed run uses them if it names no other files.
  public var corpusPaths: [String]
  /// The unit of a character, from the vocabulary.
  public var unit: TextUnit { vocabulary.unit }
  /// The minimum count: characters that occur at least this often have an id of their own. Rarer ones share the unknown
  /// symbol.
  public var minimumCount: Int
  /// The history of the run; empty if an early version of bard wrote the file, before it kept a history.
  public var history: TrainingHistory

  private struct Resumption: Codable {
    var step: Int
    var lanes: Int
    var corpusPaths: [String]
    var minimumCount: Int
  }
  private static let historyKey = "history"

  /// Makes the training state of a run.
  public init(
    state: TrainingState, vocabulary: Vocabulary, summary: TrainingSummary, corpusPaths: [String], minimumCount: Int,
    history: TrainingHistory = TrainingHistory()
  ) {
    self.state = state
    self.vocabulary = vocabulary
    self.summary = summary
    self.corpusPaths = corpusPaths
    self.minimumCount = minimumCount
    self.history = history
  }

  /// Reads a training state that `write(to:)` has written.
  /// - Throws: Any case of `CheckpointError` except `notWritten`.
  public init(path: String) throws(CheckpointError) {
    let reader = try CheckpointReader(path: path)
    guard reader.file.metadata[Checkpoint.Key.resumption] != nil else { throw .missingTrainingState(path: path) }
    let resumption = try reader.decode(Resumption.self, Checkpoint.Key.resumption)
    let model = try reader.checkpoint()
    guard let summary = model.training else {
      throw .missingMetadata(path: path, key: Checkpoint.Key.training)
    }
    guard (0...TrainingHistory.largestCount).contains(resumption.step), (1...1 << 16).contains(resumption.lanes) else {
      throw .invalidMetadata(
        path: path, key: Checkpoint.Key.resumption, reason: "step \(resumption.step), lanes \(resumption.lanes)")
    }
    let configuration = model.configuration
    let shape = [resumption.lanes, configuration.hiddenSize]
    for layer in 0..<configuration.layers {
      for kind in ["h", "c"] { try reader.check("state.\(kind)_l\(layer)", shape: shape) }
    }
    var recurrent = RecurrentState(zeros: configuration, lanes: resumption.lanes)
    for layer in 0..<configuration.layers {
      let h = try reader.floats("state.h_l\(layer)", shape: shape)
      let c = try reader.floats("state.c_l\(layer)", shape: shape)
      for lane in 0..<resumption.lanes {
        let range = lane * configuration.hiddenSize..<(lane + 1) * configuration.hiddenSize
        recurrent.set(layer: layer, lane: lane, hidden: Array(h[range]), cell: Array(c[range]))
      }
    }
    let rule = summary.configuration.optimizer.rule
    let none = AlignedFloats(zeros: 0)
    state = TrainingState(
      step: resumption.step, parameters: model.parameters,
      firstMoment: rule == .rmsprop ? none : try reader.floats("optimizer.first", like: model.parameters),
      secondMoment: rule == .sgd ? none : try reader.floats("optimizer.second", like: model.parameters),
      average: try reader.average(like: model.parameters, summary: summary) ?? none,
      recurrentState: recurrent)
    vocabulary = model.vocabulary
    self.summary = summary
    corpusPaths = resumption.corpusPaths
    minimumCount = resumption.minimumCount
    history = try Self.history(step: resumption.step, reader)
  }

  private static func history(step: Int, _ reader: CheckpointReader) throws(CheckpointError) -> TrainingHistory {
    guard reader.file.metadata[historyKey] != nil else { return TrainingHistory() }
    let history = try reader.decode(TrainingHistory.self, historyKey)
    guard history.intervals.isEmpty || history.step == step else {
      throw .invalidMetadata(
        path: reader.path, key: historyKey,
        reason: "it ends at step \(history.step), but the training state is from step \(step)")
    }
    return history
  }

  /// Writes the file atomically: complete, or not at all.
  /// - Throws: `CheckpointError.notWritten`.
  public func write(to path: String) throws(CheckpointError) {
    let parameters = state.parameters
    let configuration = parameters.layout.configuration
    var file = Checkpoint(parameters: parameters, vocabulary: vocabulary, training: summary).safeTensors()
    file.metadata[Checkpoint.Key.resumption] = JSON.text(
      Resumption(
        step: state.step, lanes: state.recurrentState.lanes, corpusPaths: corpusPaths, minimumCount: minimumCount))
    file.metadata[Self.historyKey] = JSON.text(history)
    for (name, values) in [
      ("optimizer.first", state.firstMoment), ("optimizer.second", state.secondMoment), ("average", state.average),
    ] where values.count > 0 {
      var stored = Parameters(zeros: parameters.layout)
      stored.values = values
      for tensor in NamedTensor.all(of: configuration) where tensor.kind.isStored {
        file.append(name: "\(name).\(tensor.name)", shape: tensor.shape, floats: stored[tensor])
      }
    }
    let recurrent = state.recurrentState
    for layer in 0..<configuration.layers {
      let shape = [recurrent.lanes, configuration.hiddenSize]
      let lanes = 0..<recurrent.lanes
      file.append(
        name: "state.h_l\(layer)", shape: shape, floats: lanes.flatMap { recurrent.hidden(layer: layer, lane: $0) })
      file.append(
        name: "state.c_l\(layer)", shape: shape, floats: lanes.flatMap { recurrent.cell(layer: layer, lane: $0) })
    }
    try file.writeCheckpoint(to: path)
  }
}

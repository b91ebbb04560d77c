import Tensors

/// A model file. It is enough to generate text, here or in Python.
///
///     let checkpoint = try Checkpoint(path: "poems.safetensors")
///     let model = checkpoint.model()
///     print(model.vocabulary.count, checkpoint.configuration.hiddenSize)
///
/// The tensors have PyTorch's names. The file's `__metadata__` holds the configuration, the vocabulary and the training
/// summary, each as a JSON text.
public struct Checkpoint: Sendable {
  /// The weights for generating text: the averaged weights if training kept an average.
  public var parameters: Parameters
  /// The V characters of the model. V equals the vocabulary size of the configuration.
  public var vocabulary: Vocabulary
  /// A summary of the training; nil if the file has none.
  public var training: TrainingSummary?

  enum Key {
    static let format = "format"
    static let configuration = "configuration"
    static let vocabulary = "vocabulary"
    static let training = "training"
    static let resumption = "resumption"
  }

  /// Makes a checkpoint to write. Nothing is checked here.
  public init(parameters: Parameters, vocabulary: Vocabulary, training: TrainingSummary?) {
    self.parameters = parameters
    self.vocabulary = vocabulary
    self.training = training
  }

  /// The sizes of the network.
  public var configuration: ModelConfiguration { parameters.layout.configuration }

  /// The network, ready to read and generate text.
  public func model(precision: SamplingPrecision = .float32, kernels: Kernels = Kernels()) -> CharacterModel {
    CharacterModel(parameters: parameters, vocabulary: vocabulary, precision: precision, kernels: kernels)
  }

  /// Reads a model file, or the model in a training state. If a training state has averaged weights, these are used.
  /// - Throws: Any case of `CheckpointError` except `notWritten` and `missingTrainingState`.
  public init(path: String) throws(CheckpointError) {
    let reader = try CheckpointReader(path: path)
    self = try reader.checkpoint()
    guard let average = try reader.average(like: parameters, summary: training) else { return }
    parameters.values = average
  }

  /// Writes the file atomically: complete, or not at all.
  /// - Throws: `CheckpointError.notWritten`.
  public func write(to path: String) throws(CheckpointError) {
    try safeTensors().writeCheckpoint(to: path)
  }

  func safeTensors() -> SafeTensors {
    var file = SafeTensors()
    file.metadata = [
      Key.format: "pt", Key.configuration: JSON.text(configuration), Key.vocabulary: JSON.text(vocabulary),
    ]
    if let training { file.metadata[Key.training] = JSON.text(training) }
    for tensor in NamedTensor.all(of: configuration) {
      file.append(name: tensor.name, shape: tensor.shape, floats: parameters[tensor])
    }
    return file
  }
}

extension SafeTensors {
  func writeCheckpoint(to path: String) throws(CheckpointError) {
    do { try write(to: path) } catch { throw .notWritten(path: path, error) }
  }
}

/// Reads the parts that model files and training states share. Each part is checked before it is used.
struct CheckpointReader {
  let path: String
  let file: SafeTensors

  init(path: String) throws(CheckpointError) {
    self.path = path
    do { file = try SafeTensors(contentsOf: path) } catch { throw .unreadable(path: path, error) }
  }

  func checkpoint() throws(CheckpointError) -> Checkpoint {
    let configuration = try decode(ModelConfiguration.self, Checkpoint.Key.configuration)
    do { try configuration.validate() } catch { throw .invalidConfiguration(path: path, error) }
    let vocabulary = try decode(Vocabulary.self, Checkpoint.Key.vocabulary)
    guard vocabulary.count == configuration.vocabularySize else {
      throw .vocabularyMismatch(path: path, vocabulary: vocabulary.count, configuration: configuration.vocabularySize)
    }
    // compare all shapes with those in the file before allocating memory for the network
    let tensors = NamedTensor.all(of: configuration)
    for tensor in tensors { try check(tensor.name, shape: tensor.shape) }
    var parameters = Parameters(zeros: ParameterLayout(configuration))
    for tensor in tensors { parameters[tensor] = try floats(tensor.name, shape: tensor.shape) }
    // a file from another program may have both of PyTorch's biases; only their sum matters
    for (first, second) in zip(tensors, tensors.dropFirst()) {
      guard case .recurrentBias = second.kind else { continue }
      let recurrentBias = try floats(second.name, shape: second.shape)
      if recurrentBias.contains(where: { $0 != 0 }) {
        parameters[first] = zip(parameters[first], recurrentBias).map(+)
      }
    }
    return Checkpoint(parameters: parameters, vocabulary: vocabulary, training: try trainingSummary())
  }

  private func trainingSummary() throws(CheckpointError) -> TrainingSummary? {
    guard file.metadata[Checkpoint.Key.training] != nil else { return nil }
    let summary = try decode(TrainingSummary.self, Checkpoint.Key.training)
    do { try summary.configuration.validate() } catch { throw .invalidConfiguration(path: path, error) }
    let steps = 0...TrainingHistory.largestCount
    guard steps.contains(summary.step), steps.contains(summary.bestStep ?? 0), steps.contains(summary.corpusCharacters)
    else {
      throw .invalidMetadata(
        path: path, key: Checkpoint.Key.training,
        reason: "step \(summary.step), bestStep \(summary.bestStep ?? 0), corpusCharacters \(summary.corpusCharacters)")
    }
    return summary
  }

  /// The averaged weights of a training state (tensors `average.*`) in the parameters' layout; nil if there are none.
  func average(like parameters: Parameters, summary: TrainingSummary?) throws(CheckpointError) -> AlignedFloats? {
    guard let summary, summary.configuration.averageDecay > 0 else { return nil }
    guard file.metadata[Checkpoint.Key.resumption] != nil else { return nil }
    return try floats("average", like: parameters)
  }

  /// The tensors `name.*` in the parameters' layout.
  func floats(_ name: String, like parameters: Parameters) throws(CheckpointError) -> AlignedFloats {
    var stored = Parameters(zeros: parameters.layout)
    for tensor in NamedTensor.all(of: parameters.layout.configuration) where tensor.kind.isStored {
      stored[tensor] = try floats("\(name).\(tensor.name)", shape: tensor.shape)
    }
    return stored.values
  }

  func decode<Value: Decodable>(_ type: Value.Type, _ key: String) throws(CheckpointError) -> Value {
    guard let text = file.metadata[key] else { throw .missingMetadata(path: path, key: key) }
    do { return try JSON.decode(type, from: text.utf8) } catch {
      throw .invalidMetadata(path: path, key: key, reason: error.reason)
    }
  }

  /// Checks that there is a float32 tensor with this name and shape.
  func check(_ name: String, shape: [Int]) throws(CheckpointError) {
    guard let tensor = file[name] else { throw .unreadable(path: path, .missingTensor(name)) }
    guard tensor.dtype == .f32 else {
      throw .unreadable(path: path, .dtypeMismatch(tensor: name, expected: .f32, found: tensor.dtype))
    }
    guard tensor.shape == shape else {
      throw .unreadable(path: path, .shapeMismatch(tensor: name, expected: shape, found: tensor.shape))
    }
  }

  func floats(_ name: String, shape: [Int]) throws(CheckpointError) -> [Float] {
    let values: [Float]
    do { values = try file.floats(named: name, shape: shape) } catch { throw .unreadable(path: path, error) }
    // Without the sign, the bit patterns of floats are in the order of the numbers; infinity and NaN are above all
    // others.
    let largest = values.reduce(0) { max($0, $1.magnitude.bitPattern) }
    guard Float(bitPattern: largest).isFinite else { throw .notFinite(path: path, tensor: name) }
    return values
  }
}

import Tensors

/// A model file: weights under PyTorch's names, and in `__metadata__` the configuration, the vocabulary and the training
/// summary, each a JSON text. Enough to sample, here or in Python.
public struct Checkpoint: Sendable {
  /// The weights that text is written with: the averaged ones where training kept an average.
  public var parameters: Parameters
  /// The V characters that ids stand for, V being the configuration's vocabulary size.
  public var vocabulary: Vocabulary
  /// What the weights were trained on; nil for a file that does not say.
  public var training: TrainingSummary?

  enum Key {
    static let format = "format"
    static let configuration = "configuration"
    static let vocabulary = "vocabulary"
    static let training = "training"
    static let resumption = "resumption"
  }

  /// A model to be written; nothing is checked here.
  public init(parameters: Parameters, vocabulary: Vocabulary, training: TrainingSummary?) {
    self.parameters = parameters
    self.vocabulary = vocabulary
    self.training = training
  }

  /// The sizes of the network, which `parameters` were laid out for.
  public var configuration: ModelConfiguration { parameters.layout.configuration }

  /// The network, ready to read and write.
  public func model(precision: SamplingPrecision = .float32, kernels: Kernels = Kernels()) -> CharacterModel {
    CharacterModel(parameters: parameters, vocabulary: vocabulary, precision: precision, kernels: kernels)
  }

  /// Reads a model file, or the model that a training state holds: the averaged weights where it has them.
  /// - Throws: any case of `CheckpointError` but `notWritten` and `missingTrainingState`.
  public init(path: String) throws(CheckpointError) {
    let reader = try CheckpointReader(path: path)
    self = try reader.checkpoint()
    guard let average = try reader.average(like: parameters, summary: training) else { return }
    parameters.values = average
  }

  /// Writes the file as a whole or not at all.
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

/// Reads what both kinds of file have in common, checking each thing before it is used.
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
    // all shapes are compared with the file's before memory for the network is taken
    let tensors = NamedTensor.all(of: configuration)
    for tensor in tensors { try check(tensor.name, shape: tensor.shape) }
    var parameters = Parameters(zeros: ParameterLayout(configuration))
    for tensor in tensors { parameters[tensor] = try floats(tensor.name, shape: tensor.shape) }
    // a file made elsewhere may have both of PyTorch's biases: only their sum matters
    for (first, second) in zip(tensors, tensors.dropFirst()) {
      guard case .recurrentBias = second.kind else { continue }
      let more = try floats(second.name, shape: second.shape)
      if more.contains(where: { $0 != 0 }) { parameters[first] = zip(parameters[first], more).map(+) }
    }
    let training =
      file.metadata[Checkpoint.Key.training] == nil ? nil : try decode(TrainingSummary.self, Checkpoint.Key.training)
    return Checkpoint(parameters: parameters, vocabulary: vocabulary, training: training)
  }

  /// The averaged weights in the parameters' layout, from the tensors `average.`* of a training state; nil where there are none.
  func average(like parameters: Parameters, summary: TrainingSummary?) throws(CheckpointError) -> AlignedFloats? {
    guard let summary, summary.configuration.averageDecay > 0 else { return nil }
    guard file.metadata[Checkpoint.Key.resumption] != nil else { return nil }
    return try floats("average", like: parameters)
  }

  /// The tensors `name.`* in the parameters' layout.
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

  /// That a float32 tensor of this shape is there.
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
    // without their signs, the patterns of numbers are ordered as the numbers are, and what is none comes last
    let largest = values.reduce(0) { max($0, $1.magnitude.bitPattern) }
    guard Float(bitPattern: largest).isFinite else { throw .notFinite(path: path, tensor: name) }
    return values
  }
}

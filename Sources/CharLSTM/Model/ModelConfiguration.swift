/// The sizes of a network. They determine the shapes of its parameters.
public struct ModelConfiguration: Sendable, Codable, Equatable {
  /// The vocabulary size V: the characters that the network can read and write, including the unknown symbol.
  public var vocabularySize: Int
  /// The embedding size D: the length of the vector that represents a character. 0 means one-hot input.
  public var embeddingSize: Int
  /// The hidden size H: the number of cells in each layer.
  public var hiddenSize: Int
  /// The number of LSTM layers L, one on top of the other.
  public var layers: Int

  /// The default of D.
  public static let defaultEmbeddingSize = 64
  /// The default of H. `TrainingPlan` instead chooses H by the length of the text and the time budget.
  public static let defaultHiddenSize = 512
  /// The default of L.
  public static let defaultLayers = 1

  /// Makes a configuration without checking the sizes; `validate()` checks them.
  public init(
    vocabularySize: Int, embeddingSize: Int = defaultEmbeddingSize, hiddenSize: Int = defaultHiddenSize,
    layers: Int = defaultLayers
  ) {
    self.vocabularySize = vocabularySize
    self.embeddingSize = embeddingSize
    self.hiddenSize = hiddenSize
    self.layers = layers
  }

  /// The input size X of a layer: D or V for the first layer, H for the others.
  public func inputSize(ofLayer layer: Int) -> Int {
    if layer > 0 { return hiddenSize }
    return embeddingSize > 0 ? embeddingSize : vocabularySize
  }

  /// The number of trained parameters, without padding.
  public var parameterCount: Int {
    var count = vocabularySize * embeddingSize + hiddenSize * vocabularySize + vocabularySize
    for layer in 0..<layers { count += 4 * hiddenSize * (inputSize(ofLayer: layer) + hiddenSize + 1) }
    return count
  }

  /// The largest V accepted. This limit and the next two keep a damaged file from requesting absurd amounts of
  /// memory.
  public static let largestVocabulary = 1 << 20
  /// The largest D and the largest H accepted.
  public static let largestSize = 1 << 14
  /// The largest L accepted.
  public static let mostLayers = 64

  /// Checks every size against its range.
  /// - Throws: `SettingError` for the first value that is out of its range.
  public func validate() throws(SettingError) {
    for setting in Self.settings { try setting.check(self) }
  }

  /// All sizes, with their ranges and help texts.
  public static let settings: [Setting<Self>] = [
    Setting(
      "vocabularySize", \.vocabularySize, .whole(1...largestVocabulary),
      help: "Distinct characters, V; they follow from the text."),
    Setting("hiddenSize", \.hiddenSize, .whole(1...largestSize), help: "Cells per layer, H.").automatic(),
    Setting("layers", \.layers, .whole(1...mostLayers), help: "LSTM layers, L."),
    Setting(
      "embeddingSize", \.embeddingSize, .whole(0...largestSize), help: "Embedding size, D; 0 for one-hot input."),
  ]
}

/// The sizes of a network: what decides the shapes of its parameters.
public struct ModelConfiguration: Sendable, Codable, Equatable {
  /// V: characters that the network can read and write, the unknown symbol included.
  public var vocabularySize: Int
  /// D: size of the vector that stands for a character; 0 feeds the character one-hot.
  public var embeddingSize: Int
  /// H: cells in each layer.
  public var hiddenSize: Int
  /// L: LSTM layers on top of each other.
  public var layers: Int

  /// D where none is given.
  public static let defaultEmbeddingSize = 64
  /// H where none is given; `TrainingPlan` chooses it by the length of the text and the time there is.
  public static let defaultHiddenSize = 512
  /// L where none is given.
  public static let defaultLayers = 1

  /// Takes the sizes as they are; `validate()` says whether a network can have them.
  public init(
    vocabularySize: Int, embeddingSize: Int = defaultEmbeddingSize, hiddenSize: Int = defaultHiddenSize,
    layers: Int = defaultLayers
  ) {
    self.vocabularySize = vocabularySize
    self.embeddingSize = embeddingSize
    self.hiddenSize = hiddenSize
    self.layers = layers
  }

  /// Size of the input of layer `layer`: D or V for the first, H for the others.
  public func inputSize(ofLayer layer: Int) -> Int {
    if layer > 0 { return hiddenSize }
    return embeddingSize > 0 ? embeddingSize : vocabularySize
  }

  /// Trained numbers, padding not counted.
  public var parameterCount: Int {
    var count = vocabularySize * embeddingSize + hiddenSize * vocabularySize + vocabularySize
    for layer in 0..<layers { count += 4 * hiddenSize * (inputSize(ofLayer: layer) + hiddenSize + 1) }
    return count
  }

  /// The largest V accepted. All three limits keep a damaged file from asking for absurd amounts of memory.
  public static let largestVocabulary = 1 << 20
  /// The largest D and the largest H accepted.
  public static let largestSize = 1 << 14
  /// The largest L accepted.
  public static let mostLayers = 64

  /// Checks every size against its range.
  /// - Throws: `SettingError` naming the first value that is out of its range.
  public func validate() throws(SettingError) {
    for setting in Self.settings { try setting.check(self) }
  }

  /// All sizes.
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

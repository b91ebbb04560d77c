/// What a model was trained on, for how long and how well: the `training` entry of a model file.
public struct TrainingSummary: Sendable, Codable, Equatable {
  /// File names of the corpus.
  public var corpus: [String]
  /// Characters of the corpus, validation part included.
  public var corpusCharacters: Int
  /// `Corpus.digest`.
  public var corpusDigest: String
  public var configuration: TrainingConfiguration
  public var step = 0
  public var epoch = 0.0
  /// Time spent in training, over all resumptions.
  public var seconds = 0.0
  /// Nats per character over the last minibatches.
  public var trainingLoss: Double?
  /// Nats per character of these weights on the validation part.
  public var validationLoss: Double?
  /// The lowest validation loss of the run so far, and the step it belongs to.
  public var bestValidationLoss: Double?
  public var bestStep: Int?

  public init(corpus: [String], corpusCharacters: Int, corpusDigest: String, configuration: TrainingConfiguration) {
    self.corpus = corpus
    self.corpusCharacters = corpusCharacters
    self.corpusDigest = corpusDigest
    self.configuration = configuration
  }
}

/// What a model was trained on, for how long and how well: the `training` entry of a model file.
public struct TrainingSummary: Sendable, Codable, Equatable {
  /// File names of the corpus.
  public var corpus: [String]
  /// Characters of the corpus, validation part included.
  public var corpusCharacters: Int
  /// `Corpus.digest`.
  public var corpusDigest: String
  /// All settings of the run but the sizes of the network.
  public var configuration: TrainingConfiguration
  /// Minibatches done.
  public var step = 0
  /// Passes over the training part done, as a fraction.
  public var epoch = 0.0
  /// Time spent in training, over all resumptions.
  public var seconds = 0.0
  /// Nats per character over the last minibatches.
  public var trainingLoss: Double?
  /// Nats per character of these weights on the validation part.
  public var validationLoss: Double?
  /// The lowest validation loss of the run so far, and the step it belongs to.
  public var bestValidationLoss: Double?
  /// Minibatches done when `bestValidationLoss` was measured; nil before the first validation.
  public var bestStep: Int?

  /// A run that has not begun: step 0, no losses.
  public init(corpus: [String], corpusCharacters: Int, corpusDigest: String, configuration: TrainingConfiguration) {
    self.corpus = corpus
    self.corpusCharacters = corpusCharacters
    self.corpusDigest = corpusDigest
    self.configuration = configuration
  }
}

/// The corpus, the settings, the duration and the losses of a training run: the `training` entry of a model file.
public struct TrainingSummary: Sendable, Codable, Equatable {
  /// The file names of the corpus.
  public var corpus: [String]
  /// The number of characters in the corpus, including the validation part.
  public var corpusCharacters: Int
  /// The fingerprint of the corpus, `Corpus.digest`.
  public var corpusDigest: String
  /// All settings of the run, except the sizes of the network.
  public var configuration: TrainingConfiguration
  /// The number of minibatches done.
  public var step = 0
  /// The number of passes over the training part, with the fraction of the current one.
  public var epoch = 0.0
  /// The seconds spent on the run, without the pauses before it was resumed.
  public var seconds = 0.0
  /// The mean training loss of the last minibatches, in nats per character; nil before the first minibatch.
  public var trainingLoss: Double?
  /// The validation loss of these weights, in nats per character; nil if it was not measured.
  public var validationLoss: Double?
  /// The lowest validation loss of the run so far, in nats per character; nil before the first validation.
  public var bestValidationLoss: Double?
  /// The number of minibatches done when `bestValidationLoss` was measured; nil before the first validation.
  public var bestStep: Int?

  /// Makes the summary of a run that has not begun: step 0, no losses.
  public init(corpus: [String], corpusCharacters: Int, corpusDigest: String, configuration: TrainingConfiguration) {
    self.corpus = corpus
    self.corpusCharacters = corpusCharacters
    self.corpusDigest = corpusDigest
    self.configuration = configuration
  }
}

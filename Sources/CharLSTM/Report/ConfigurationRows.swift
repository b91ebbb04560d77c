/// What a network and its training are set to, in words: what `bard inspect` prints and what stands on the page of a run.
package enum ConfigurationRows {
  package struct Row: Sendable, Equatable {
    package let name: String
    package let value: String

    init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The network's sizes.
  package static func network(_ model: ModelConfiguration, vocabulary: Vocabulary) -> [Row] {
    [
      Row("layers", "\(model.layers) x \(counted(model.hiddenSize, "cell"))"),
      Row("input", model.embeddingSize > 0 ? "embedding of \(model.embeddingSize)" : "one-hot, no embedding"),
      Row(
        "vocabulary",
        counted(vocabulary.count, vocabulary.unit.noun)
          + (vocabulary.hasUnknown ? ", one of them the unknown symbol" : "")),
      Row("", vocabulary.mostFrequent(width: 58)),
      Row("parameters", grouped(model.parameterCount)),
    ]
  }

  /// How the network is trained.
  package static func settings(_ settings: TrainingConfiguration, vocabularySize: Int) -> [Row] {
    let shape = [settings.lanes, settings.timeSteps, vocabularySize]
    return [
      Row(
        "minibatches",
        "[samples, time steps, features] = \(shape), \(settings.stateHandling.words)"
          + (settings.objective == .last ? ", many-to-one" : "")),
      Row(
        "optimizer",
        "\(settings.optimizer.rule.rawValue), learning rate \(significant(settings.learningRate)),"
          + " \(settings.schedule.rawValue), clip \(significant(settings.clipNorm)), seed \(settings.seed),"
          + " \(settings.precision.rawValue)"),
      Row("regularization", means(settings).joined(separator: ", ")),
    ]
  }

  /// What training reads and when it ends.
  static func course(_ summary: TrainingSummary) -> [Row] {
    let settings = summary.configuration
    return [
      Row("corpus", "\(summary.corpus.joined(separator: ", ")), \(counted(summary.corpusCharacters, "character"))"),
      Row(
        "held out",
        settings.validationFraction > 0
          ? "the last \(significant(100 * settings.validationFraction)) %, for validation" : "nothing"),
      Row(
        "budget",
        settings.budget.words
          + (settings.patience > 0
            ? ", less where \(counted(settings.patience, "epoch")) bring no lower validation loss" : "")),
    ]
  }

  /// The means against overfitting that are in use, with their strength.
  private static func means(_ settings: TrainingConfiguration) -> [String] {
    let used = [
      (settings.isDropoutLocked ? "locked dropout" : "dropout", settings.dropout),
      ("weight dropout", settings.weightDropout), ("input noise", settings.inputNoise),
      ("reset probability", settings.resetProbability), ("weight decay", settings.weightDecay),
      ("average decay", settings.averageDecay),
    ].filter { $0.1 > 0 }
    return used.isEmpty ? ["nothing"] : used.map { "\($0.0) \(significant($0.1))" }
  }
}

extension Vocabulary {
  /// The most frequent characters, as many as fit in `width`.
  fileprivate func mostFrequent(width: Int) -> String {
    var text = ""
    for id in 0..<Int32(count) {
      let bytes = utf8Bytes(of: id)
      guard !bytes.isEmpty, let shown = self.text(of: id) else { continue }
      let piece =
        shown.allSatisfy(\.isWhitespace) || shown.unicodeScalars.contains { $0.value < 0x20 }
        ? shown.debugDescription : shown
      if text.count + piece.count > width { return text + " …" }
      text += (text.isEmpty ? "" : " ") + piece
    }
    return text
  }
}

extension TextUnit {
  package var noun: String {
    switch self {
    case .character: "character"
    case .scalar: "scalar"
    case .byte: "byte"
    }
  }
}

extension TrainingBudget {
  package var words: String {
    switch self {
    case .epochs(let count): "for \(counted(count, "epoch"))"
    case .steps(let count): "for \(counted(count, "step"))"
    case .minutes(let minutes): "for \(significant(minutes)) minute\(minutes == 1 ? "" : "s")"
    }
  }
}

extension StateHandling {
  /// What happens between minibatches.
  package var words: String {
    switch self {
    case .carry: "state carried from each to the next"
    case .reset: "each from a zero state"
    case .shuffle: "shuffled, each from a zero state"
    }
  }
}

import CharLSTM

/// The sizes and settings of a network in words, for `bard inspect` and the page of a run.
package enum ConfigurationRows {
  package struct Row: Sendable, Equatable {
    package let name: String
    package let value: String

    init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The sizes of the network.
  package static func network(_ model: ModelConfiguration, vocabulary: Vocabulary) -> [Row] {
    [
      Row("layers", "\(model.layers) x \(counted(model.hiddenSize, "cell"))"),
      Row("input", model.embeddingSize > 0 ? "embedding of \(model.embeddingSize)" : "one-hot, no embedding"),
      Row(
        "vocabulary",
        counted(vocabulary.count, vocabulary.unit.noun)
          + (vocabulary.hasUnknown ? ", one of them the unknown symbol" : "")),
      Row("most frequent", vocabulary.mostFrequent(width: 58)),
      Row("parameters", grouped(model.parameterCount)),
    ]
  }

  /// The settings of training.
  package static func settings(_ settings: TrainingConfiguration, vocabularySize: Int) -> [Row] {
    let shape = [settings.lanes, settings.timeSteps, vocabularySize]
    return [
      Row(
        "minibatches",
        "[samples, time steps, features] = \(shape), \(settings.stateHandling.phrase)"
          + (settings.objective == .last ? ", many-to-one" : "")),
      Row("optimizer", list(.optimization, settings)), Row("regularization", list(.regularization, settings)),
    ]
  }

  /// The settings of a group, without those that have no effect.
  private static func list(_ group: SettingGroup, _ configuration: TrainingConfiguration) -> String {
    let phrases = TrainingConfiguration.settings.filter { $0.group == group }.compactMap { setting -> String? in
      let name = setting.option.map { $0 == "-" ? " " : String($0) }.joined()
      return switch setting.value(in: configuration) {
      case .choice(let choice): choice
      // without dropout there is no mask to lock
      case .flag(let isOn): isOn && !(setting.option == "locked-dropout" && configuration.dropout == 0) ? name : nil
      case .number(0): nil
      case .number(let value): "\(name) \(significant(value))"
      case .whole(let value): "\(name) \(value)"
      case .seed(let value): "\(name) \(value)"
      }
    }
    return phrases.isEmpty ? "none" : phrases.joined(separator: ", ")
  }

  /// The corpus, the held-out part and the budget.
  static func corpusAndBudget(_ summary: TrainingSummary) -> [Row] {
    let settings = summary.configuration
    return [
      Row("corpus", "\(summary.corpus.joined(separator: ", ")), \(counted(summary.corpusCharacters, "character"))"),
      Row(
        "held out",
        settings.validationFraction > 0
          ? "the last \(significant(100 * settings.validationFraction)) %, for validation" : "nothing"),
      Row(
        "budget",
        settings.budget.phrase
          + (settings.patience > 0
            ? ", or until the validation loss has not improved for \(counted(settings.patience, "epoch"))" : "")),
    ]
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
  package var phrase: String {
    switch self {
    case .epochs(let count): "for \(counted(count, "epoch"))"
    case .steps(let count): "for \(counted(count, "step"))"
    case .minutes(let minutes): "for \(significant(minutes)) minute\(minutes == 1 ? "" : "s")"
    }
  }
}

extension StateHandling {
  /// What happens to the state between minibatches.
  package var phrase: String {
    switch self {
    case .carry: "with the state carried from each to the next"
    case .reset: "each starting from a zero state"
    case .shuffle: "shuffled, each starting from a zero state"
    }
  }
}

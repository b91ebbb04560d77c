import CharLSTM

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What `bard inspect` says of a checkpoint.
struct Inspection: Codable {
  struct Tensor: Codable {
    let name: String
    let shape: [Int]
    let parameters: Int
  }

  let path: String
  let configuration: ModelConfiguration
  let parameters: Int
  let tensors: [Tensor]
  let vocabulary: Vocabulary
  let training: TrainingSummary?

  init(_ checkpoint: Checkpoint, path: String) {
    self.path = path
    configuration = checkpoint.configuration
    parameters = checkpoint.configuration.parameterCount
    // the second bias that files hold for PyTorch's sake is no parameter
    tensors = NamedTensor.all(of: checkpoint.configuration).map {
      Tensor(name: $0.name, shape: $0.shape, parameters: $0.isTrained ? $0.count : 0)
    }
    vocabulary = checkpoint.vocabulary
    training = checkpoint.training
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  var words: String {
    var lines = [path, ""]
    func row(_ name: String, _ value: String) { lines.append(name.padded(to: 18) + value) }
    row("layers", "\(configuration.layers) x \(counted(configuration.hiddenSize, "cell"))")
    row(
      "input",
      configuration.embeddingSize > 0 ? "embedding of \(configuration.embeddingSize)" : "one-hot, no embedding")
    row(
      "vocabulary",
      "\(counted(vocabulary.count, vocabulary.unit.noun))"
        + (vocabulary.hasUnknown ? ", one of them the unknown symbol" : ""))
    row("", sampleOfVocabulary)
    row("parameters", grouped(parameters))
    for tensor in tensors {
      lines.append(
        "  " + tensor.name.padded(to: 22) + "\(tensor.shape)".padded(to: 16)
          + (tensor.parameters > 0 ? grouped(tensor.parameters) : "zeros"))
    }
    guard let training else { return (lines + ["", "no training summary in the file"]).joined(separator: "\n") }
    let settings = training.configuration
    lines.append("")
    row(
      "trained on", training.corpus.joined(separator: ", ") + ", \(counted(training.corpusCharacters, "character"))")
    row(
      "for", "\(grouped(training.step)) steps, \(fixed(training.epoch, 2)) epochs, \(duration(training.seconds))")
    row(
      "minibatches",
      "[samples, time steps, features] = [\(settings.lanes), \(settings.timeSteps), \(configuration.vocabularySize)], state carried"
    )
    row(
      "optimizer",
      "\(settings.optimizer.rule.rawValue), learning rate \(significant(settings.learningRate)), \(settings.schedule.rawValue),"
        + " clip \(significant(settings.clipNorm)), seed \(settings.seed), \(settings.precision.rawValue)")
    row("regularization", means(settings).joined(separator: ", "))
    func loss(_ value: Double?) -> String {
      value.map { "\(fixed($0, 4)) nats, \(fixed($0 / 0.6931471805599453, 4)) bits per character" } ?? "not measured"
    }
    row("training loss", loss(training.trainingLoss))
    row("validation loss", loss(training.validationLoss))
    if let best = training.bestValidationLoss, let step = training.bestStep {
      row("best of the run", "\(loss(best)), at step \(grouped(step))")
    }
    return lines.joined(separator: "\n")
  }

  /// The most frequent characters, as many as fit on a line.
  private var sampleOfVocabulary: String {
    var text = ""
    for id in 0..<Int32(vocabulary.count) {
      let bytes = vocabulary.utf8Bytes(of: id)
      guard !bytes.isEmpty, let shown = vocabulary.text(of: id) else { continue }
      let piece =
        shown.allSatisfy(\.isWhitespace) || shown.unicodeScalars.contains { $0.value < 0x20 }
        ? shown.debugDescription : shown
      if text.count + piece.count > 58 { return text + " …" }
      text += (text.isEmpty ? "" : " ") + piece
    }
    return text
  }

  /// The means against overfitting that are in use, with their strength.
  private func means(_ settings: TrainingConfiguration) -> [String] {
    let used = [
      (settings.isDropoutLocked ? "locked dropout" : "dropout", settings.dropout),
      ("weight dropout", settings.weightDropout), ("input noise", settings.inputNoise),
      ("reset probability", settings.resetProbability), ("weight decay", settings.weightDecay),
      ("average decay", settings.averageDecay),
    ].filter { $0.1 > 0 }
    return used.isEmpty ? ["nothing"] : used.map { "\($0.0) \(significant($0.1))" }
  }
}

extension String {
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
  func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}

extension TextUnit {
  var noun: String {
    switch self {
    case .character: "character"
    case .scalar: "scalar"
    case .byte: "byte"
    }
  }
}

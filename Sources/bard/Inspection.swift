import CharLSTM
import Pages

/// The output of `bard inspect` about a model file.
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
    // files have a second bias because PyTorch needs one; it is not a parameter
    tensors = NamedTensor.all(of: checkpoint.configuration).map {
      Tensor(name: $0.name, shape: $0.shape, parameters: $0.isTrained ? $0.count : 0)
    }
    vocabulary = checkpoint.vocabulary
    training = checkpoint.training
  }

  var lines: [String] {
    var lines = [path, ""]
    func row(_ name: String, _ value: String) { lines.append(name.padded(to: 18) + value) }
    for entry in ConfigurationRows.network(configuration, vocabulary: vocabulary) { row(entry.name, entry.value) }
    for tensor in tensors {
      lines.append(
        "  " + tensor.name.padded(to: 22) + "\(tensor.shape)".padded(to: 16)
          + (tensor.parameters > 0 ? grouped(tensor.parameters) : "zeros"))
    }
    guard let training else { return lines + ["", "The file does not say how the model was trained."] }
    lines.append("")
    row(
      "trained on", training.corpus.joined(separator: ", ") + ", \(counted(training.corpusCharacters, "character"))")
    row(
      "for", "\(grouped(training.step)) steps, \(fixed(training.epoch, 2)) epochs, \(duration(training.seconds))")
    for entry in ConfigurationRows.settings(training.configuration, vocabularySize: configuration.vocabularySize) {
      row(entry.name, entry.value)
    }
    func loss(_ value: Double?) -> String {
      value.map { "\(fixed($0, 4)) nats, \(fixed(bits($0), 4)) bits per character" } ?? "not measured"
    }
    row("training loss", loss(training.trainingLoss))
    row("validation loss", loss(training.validationLoss))
    if let best = training.bestValidationLoss, let step = training.bestStep {
      row("best of the run", "\(loss(best)), at step \(grouped(step))")
    }
    return lines
  }
}

import CharLSTM
import Pages

extension TrainingPreparation {
  /// A few lines that describe the run before it begins.
  /// - Parameter report: whether a page is written.
  func introduction(report: Bool) -> [String] {
    let configuration = trainer.configuration
    let model = trainer.parameters.layout.configuration
    let memory = TrainingMemory(
      model: model, configuration: configuration, lanes: trainer.batches.lanes, tokens: corpus.tokens.count)
    var lines = [
      text,
      "Network: \(counted(model.layers, "layer")) of \(counted(model.hiddenSize, "cell")),"
        + " \(counted(model.parameterCount, "parameter")); \(counted(trainer.processor.threads, "thread")),"
        + " \(trainer.processor.kernels.variant.rawValue) kernels, \(configuration.precision.rawValue), about"
        + " \(grouped(memory.total / 1_000_000)) MB.",
      minibatches,
    ]
    let batches = trainer.batches
    if batches.lanes < batches.requestedLanes {
      lines.append(
        "The text is too short for \(grouped(batches.requestedLanes)) lanes of \(counted(batches.timeSteps, "character")),"
          + " so there are \(grouped(batches.lanes)).")
    }
    if configuration.precision == .bfloat16 && !trainer.processor.kernels.variant.hasBFloat16 {
      lines.append("This processor lacks AVX512_BF16, so bfloat16 takes longer than float32.")
    }
    if validation.count < 2 { lines.append("No text is held out to check progress, so there will be no best model.") }
    if let plan { lines += plan.reasons(used: configuration, threads: trainer.processor.threads) }
    let verb =
      trainer.step > 0
      ? "Continuing from step \(grouped(trainer.step)), \(configuration.budget.phrase) in all."
      : "Training \(configuration.budget.phrase)."
    lines.append(
      "\(verb) Writing \(paths.model)" + (report ? "; open \(paths.report) in a browser to watch." : "."))
    return lines
  }

  private var text: String {
    let vocabulary = corpus.vocabulary
    let distinct =
      "\(grouped(vocabulary.count)) distinct"
      + (vocabulary.hasUnknown ? ", including one symbol for all rare characters" : "")
    let heldOut =
      validation.count > 0 ? " Holding out the last \(grouped(validation.count)) to check progress." : ""
    return
      "\(corpusPaths.joined(separator: ", ")): \(counted(corpus.tokens.count, vocabulary.unit.noun)) (\(distinct))."
      + heldOut
  }

  private var minibatches: String {
    let (batches, configuration) = (trainer.batches, trainer.configuration)
    let shape = [batches.lanes, batches.timeSteps, corpus.vocabulary.count]
    return
      "[samples, time steps, features] = \(shape), \(counted(batches.minibatchesPerEpoch, "minibatch", "minibatches")) per"
      + " epoch, \(configuration.stateHandling.phrase)"
      + (configuration.objective == .last ? "; only the last prediction of each window counts." : ".")
  }
}

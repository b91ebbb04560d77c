import ArgumentParser
import CharLSTM
import REPL

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure how well a model predicts a text.",
    discussion: """
      The output has a row for the network and a row for an n-gram model, and a column for each way of scoring. Stateful: the \
      model predicts every character except the first from all the characters before it. Windows of N: the model starts from a \
      zero state every N predictions. If this is the text the model was trained on, only the held-out part is scored. If it \
      was trained on several files, name them all in the same order.

      For comparison, bard also scores a Kneser-Ney n-gram model of the same training text. It shows how well simple counting \
      does. With --dynamic, the network also keeps learning from each piece of the text after it is scored. The model file \
      does not change.

      Examples:

        bard evaluate poems.safetensors poems.txt
        bard evaluate poems.safetensors unseen.txt --corpus poems.txt
        bard evaluate poems.safetensors unseen.txt --windows 256 --json
        bard evaluate poems.safetensors poems.txt --dynamic
      """)

  @Argument(
    help: ArgumentHelp(
      "[MODEL] FILE...: an optional model (default: the Shakespeare model), then one or more text files.",
      valueName: "files"),
    completion: .file())
  var files: [String]

  @Option(
    parsing: .upToNextOption, help: "The text that the model was trained on, for the n-gram model and for --dynamic.",
    completion: .file())
  var corpus: [String] = []

  @Flag(help: "Score the whole text, including what the model was trained on.")
  var whole = false

  @Flag(inversion: .prefixedNo, help: "Also score an n-gram model, for comparison.")
  var ngram = true

  @Option(help: "Score only windows of this many predictions, each starting from a zero state.")
  var windows: Int?

  @Option(
    help: """
      Split the text into this many pieces and read them side by side; 1 reads it from beginning to end. (default: automatic)
      """)
  var lanes: Int?

  @Option(help: "Number format for the computation: float32, bfloat16 or int8.")
  var precision = SamplingPrecision.float32

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup(title: "Dynamic evaluation") var dynamic: DynamicOptions
  @OptionGroup var processor: ProcessorOptions

  func validate() throws {
    guard !files.isEmpty else { throw ValidationError("Give a text file, or a model and text files.") }
    let sizes = 1...1 << 30
    if let windows, !sizes.contains(windows) {
      throw ValidationError("--windows must be from 1 to \(grouped(sizes.upperBound)), not \(windows).")
    }
    if let lanes, lanes < 1 { throw ValidationError("--lanes must be 1 or more, not \(lanes).") }
    if !corpus.isEmpty && windows != nil {
      throw ValidationError("--corpus is for the n-gram model and --dynamic, and --windows uses neither.")
    }
    if lanes != nil && windows != nil { throw ValidationError("--lanes is for stateful scoring. Leave out --windows.") }
    if dynamic.dynamic && windows != nil {
      throw ValidationError("--dynamic reads the text from beginning to end. Leave out --windows.")
    }
    if dynamic.dynamic && precision != .float32 {
      throw ValidationError("--dynamic needs float32. Leave out --precision.")
    }
  }

  func run() throws {
    try reportingErrors {
      let paths = files.count > 1 ? Array(files.dropFirst()) : files
      let path = paths.joined(separator: ", ")
      let checkpoint = try loadModel(files.count > 1 ? files[0] : nil).checkpoint
      let model = checkpoint.model(precision: precision, kernels: try ProcessorOptions.kernels)
      let text = try EvaluationText(
        paths: paths, whole: whole, corpora: corpus, checkpoint: checkpoint, threads: processor.count)
      let tokens = text.scored
      let evaluation =
        windows.map { Evaluation.windows(model, tokens: tokens, window: $0, threads: processor.count) }
        ?? Evaluation.stateful(model, tokens: tokens, lanes: lanes, threads: processor.count)
      guard let evaluation else {
        throw Failure(
          "\(path) is too short: it has \(counted(tokens.count, "character")), and"
            + (windows.map { " a window of \(grouped($0)) needs \(grouped($0 + 1))." } ?? " predicting one needs 2.")
        )
      }
      var table = EvaluationTable(evaluation, window: windows)
      if windows == nil {
        for window in EvaluationTable.windowSizes {
          table.windows[window] =
            Evaluation.windows(
              model, tokens: tokens, window: window, threads: processor.count)?.natsPerCharacter
        }
        if dynamic.dynamic {
          table.dynamic = try dynamicEvaluation(text, checkpoint: checkpoint)?.natsPerCharacter
        }
        if ngram, !text.isSeen, let training = text.training {
          let counts = KneserNey(
            tokens: training, vocabularySize: checkpoint.vocabulary.count, threads: processor.count)
          table.ngram = .init(counts, tokens: tokens, threads: processor.count)
        }
      }
      if json {
        try Terminal.put(lines: [table.json])
      } else {
        var lines = ["\(text.description): \(counted(evaluation.characters, "prediction"))"] + table.lines
        if windows == nil && ngram {
          if text.isSeen {
            lines.append("No n-gram model is scored, because its training text would include the text that is scored.")
          } else if text.training == nil {
            lines.append("To compare with an n-gram model, give this model's training text: --corpus TEXT")
          } else if let note = text.note {
            lines.append(note)
          }
        }
        try Terminal.put(lines: lines)
      }
    }
  }

  private func dynamicEvaluation(_ text: EvaluationText, checkpoint: Checkpoint) throws -> Evaluation? {
    guard let training = text.training else {
      throw Failure(
        "--dynamic needs the text that the model was trained on, to choose the size of its steps. Give it with --corpus."
      )
    }
    let evaluation: DynamicEvaluation
    do {
      evaluation = try DynamicEvaluation(
        parameters: checkpoint.parameters, training: training, configuration: dynamic.configuration,
        processor: try processor.processor)
    } catch LaneBatchesError.tooShort(let characters, let needed) {
      throw Failure(
        "--dynamic needs at least \(counted(needed, "character")) of the text that the model was trained on; this one has"
          + " \(grouped(characters))."
      )
    }
    return evaluation.evaluate(text.scored)
  }
}

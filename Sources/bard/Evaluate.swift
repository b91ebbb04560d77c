import ArgumentParser
import CharLSTM

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure how well a model predicts a text.",
    discussion: """
      Stateful: every character but the first is predicted from all the characters before it. Windows of N: every N \
      predictions start from a zero state. If this is the text the model was trained on, only the held-out part is scored. If \
      it was trained on several files, name them all in the same order. For comparison, a Kneser-Ney n-gram model of the same \
      training text is scored too: it shows what simple counting can do. Dynamic: the network keeps learning from the text \
      after each piece is scored; the model file does not change.

      Examples:

        bard evaluate poems.safetensors poems.txt
        bard evaluate poems.safetensors unseen.txt --corpus poems.txt
        bard evaluate poems.safetensors unseen.txt --windows 256 --json
        bard evaluate poems.safetensors poems.txt --dynamic
      """)

  @Argument(
    help: ArgumentHelp(
      "[CHECKPOINT] FILE...: an optional model (default: the Shakespeare model), then one or more text files.",
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

  @Option(help: "Read the text in this many pieces at a time; 1 reads it from beginning to end. (default: automatic)")
  var lanes: Int?

  @Option(help: "What the model computes in: float32, bfloat16 or int8.")
  var precision = SamplingPrecision.float32

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup(title: "Dynamic evaluation") var dynamic: DynamicOptions
  @OptionGroup var processor: ProcessorOptions

  func validate() throws {
    guard !files.isEmpty else { throw ValidationError("Give a text file, or a model and text files.") }
    if let windows, windows < 1 { throw ValidationError("--windows must be 1 or more, not \(windows).") }
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
            + (windows.map { " a window of \($0) needs \($0 + 1)." } ?? " predicting one needs 2.")
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
        print(table.json)
      } else {
        print("\(text.description): \(counted(evaluation.characters, "prediction"))")
        print(table.lines.joined(separator: "\n"))
        if windows == nil && ngram {
          if text.isSeen {
            print("No n-gram model is scored, because its training text would include the text that is scored.")
          } else if text.training == nil {
            print("To compare with an n-gram model, give the text it was trained on: --corpus TEXT")
          } else if let note = text.note {
            print(note)
          }
        }
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

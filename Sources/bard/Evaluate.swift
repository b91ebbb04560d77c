import ArgumentParser
import CharLSTM

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how well a model predicts a text.",
    discussion: """
      Stateful: every character but the first is predicted from all that precede it. Windows of N: each N predictions start \
      from a zero state. Of the text that a model was trained on only the part held out for validation is scored; where it \
      was several files, name them all, in the same order. Beside the network stands a Kneser-Ney n-gram of the same \
      training text: what counting would reach. Dynamic: the network goes on learning from each piece of the text after it \
      was scored; the model file stays as it is.

      Example:

        bard evaluate poems.safetensors poems.txt
        bard evaluate poems.safetensors unseen.txt --corpus poems.txt
        bard evaluate poems.safetensors unseen.txt --windows 256 --json
        bard evaluate poems.safetensors poems.txt --dynamic
      """)

  @Argument(
    help: ArgumentHelp(
      "[CHECKPOINT] FILE...: a model file, the Shakespeare model where one file is given, and the text; several files are read as one.",
      valueName: "files"), completion: .file())
  var files: [String]

  @Option(
    parsing: .upToNextOption, help: "The text that the model was trained on, for the n-gram and for --dynamic.",
    completion: .file())
  var corpus: [String] = []

  @Flag(help: "Score all of the text, also what the model was trained on.")
  var whole = false

  @Flag(inversion: .prefixedNo, help: "Set the n-gram beside the network.")
  var ngram = true

  @Option(help: "Score only windows of this many predictions, each from a zero state.")
  var windows: Int?

  @Option(help: "Read the text as this many lanes; 1: from front to back as it stands. (default: by its length)")
  var lanes: Int?

  @Option(help: "What the model computes in: float32, bfloat16 or int8.")
  var precision = SamplingPrecision.float32

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup(title: "Dynamic evaluation") var dynamic: DynamicOptions
  @OptionGroup var threads: ThreadOptions

  func validate() throws {
    guard !files.isEmpty else { throw ValidationError("give [CHECKPOINT] FILE...") }
    if let windows, windows < 1 { throw ValidationError("--windows must be 1 or more, not \(windows).") }
    if let lanes, lanes < 1 { throw ValidationError("--lanes must be 1 or more, not \(lanes).") }
    if !corpus.isEmpty && windows != nil {
      throw ValidationError("--corpus is for the n-gram and for --dynamic, which --windows leaves out.")
    }
    if lanes != nil && windows != nil { throw ValidationError("--lanes is for the stateful pass, not for --windows.") }
    if dynamic.dynamic && windows != nil {
      throw ValidationError("--dynamic reads the text from front to back: leave out --windows.")
    }
    if dynamic.dynamic && precision != .float32 {
      throw ValidationError("--dynamic learns, in float32: leave out --precision.")
    }
  }

  func run() throws {
    try inWords {
      let paths = files.count > 1 ? Array(files.dropFirst()) : files
      let path = paths.joined(separator: ", ")
      let checkpoint = try loadModel(files.count > 1 ? files[0] : nil).checkpoint
      let model = checkpoint.model(precision: precision, kernels: try chosenKernels())
      let text = try EvaluationText(
        paths: paths, whole: whole, corpora: corpus, checkpoint: checkpoint, threads: threads.count)
      let tokens = text.scored
      let evaluation =
        windows.map { Evaluation.windows(model, tokens: tokens, window: $0, threads: threads.count) }
        ?? Evaluation.stateful(model, tokens: tokens, lanes: lanes, threads: threads.count)
      guard let evaluation else {
        throw Failure(
          "\(path): \(counted(tokens.count, "character")), too short: \(windows.map { "a window of \($0) needs \($0 + 1)" } ?? "it takes 2 to predict one")."
        )
      }
      var report = EvaluationReport(evaluation, window: windows)
      if windows == nil {
        for window in EvaluationReport.windowSizes {
          report.windows[window] =
            Evaluation.windows(
              model, tokens: tokens, window: window, threads: threads.count)?.natsPerCharacter
        }
        if dynamic.dynamic {
          report.dynamic = try dynamicEvaluation(text, path: path, checkpoint: checkpoint)?.natsPerCharacter
        }
        if ngram, !text.isSeen, let training = text.training {
          let counts = KneserNey(
            tokens: training, vocabularySize: checkpoint.vocabulary.count, threads: threads.count)
          report.ngram = .init(counts, tokens: tokens, threads: threads.count)
        }
      }
      if json {
        print(try report.json)
      } else {
        print("\(text.words): \(counted(evaluation.characters, "prediction"))")
        print(report.table.joined(separator: "\n"))
        if windows == nil && ngram {
          if text.isSeen {
            print("no n-gram stands beside it: it would be made of what is scored")
          } else if text.training == nil {
            print("--corpus TEXT, the text it was trained on, sets beside it what counting would reach")
          } else if let note = text.note {
            print(note)
          }
        }
      }
    }
  }

  private func dynamicEvaluation(_ text: EvaluationText, path: String, checkpoint: Checkpoint) throws -> Evaluation? {
    guard let training = text.training else {
      throw Failure(
        "\(path): --dynamic takes from the text that the model was trained on how large its steps may be: name it with --corpus."
      )
    }
    let evaluation: DynamicEvaluation
    do {
      evaluation = try DynamicEvaluation(
        parameters: checkpoint.parameters, training: training, configuration: dynamic.configuration,
        kernels: try chosenKernels(), threads: threads.count)
    } catch LaneBatchesError.tooShort(let characters, let needed) {
      throw Failure(
        "\(path): --dynamic needs \(counted(needed, "character")) of the text that the model was trained on, not \(characters)."
      )
    }
    return evaluation.evaluate(text.scored)
  }
}

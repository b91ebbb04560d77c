import ArgumentParser
import CharLSTM
import REPL

struct Talk: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl",
    abstract: "Write with a model interactively: you type a beginning, it continues.",
    discussion: """
      The model remembers everything typed and written so far. Type /help for commands; Ctrl-C stops an answer, Ctrl-D leaves.

      Examples:

        bard repl poems.safetensors --temperature 0.7
        echo 'ROMEO:' | bard repl --length 300
      """)

  @Argument(
    help: "A model file. (default: the Shakespeare model that comes with bard)",
    completion: .file(extensions: ["safetensors"]))
  var model: String?

  @Option(help: "Maximum length of an answer, in characters.")
  var length = 300

  @Option(
    help: """
      What to do if a prompt has a character that the model has never seen: error rejects the prompt, skip leaves the character \
      out.
      """)
  var unknown = UnknownChoice.error

  @OptionGroup(title: "Sampling") var sampling: SamplingOptions
  @OptionGroup var precision: SamplingPrecisionOptions
  @OptionGroup var processor: ProcessorOptions

  func validate() throws {
    if length < 1 { throw ValidationError("--length must be 1 or more, not \(length).") }
  }

  func run() throws {
    try reportingErrors {
      let (checkpoint, path) = try loadModel(model)
      var repl = REPL(
        model: checkpoint.model(precision: precision.choice, kernels: try ProcessorOptions.kernels),
        modelName: FilePath.name(of: path),
        sampling: sampling.parameters,
        length: length, seed: sampling.chosenSeed(), unknown: unknown == .skip ? .skip : .error,
        threads: processor.count)
      try repl.run()
    }
  }
}

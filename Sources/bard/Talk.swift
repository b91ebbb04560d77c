import ArgumentParser
import CharLSTM
import REPL

struct Talk: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl",
    abstract: "Talks with a model: a line you type is a prompt that it goes on from.",
    discussion: """
      State carries on from turn to turn. /help lists the commands, Ctrl-C ends an answer, Ctrl-D leaves.

      Example:

        bard repl poems.safetensors --temperature 0.7
        echo 'ROMEO:' | bard repl --length 300
      """)

  @Argument(
    help: "A model file. (default: the Shakespeare model that comes with bard)",
    completion: .file(extensions: ["safetensors"]))
  var checkpoint: String?

  @Option(help: "Most characters of an answer.")
  var length = 300

  @Option(help: "What to do with a character of a prompt that the model does not know: error, or skip.")
  var unknown = UnknownChoice.error

  @OptionGroup(title: "Sampling") var sampling: SamplingOptions
  @OptionGroup var precision: SamplingPrecisionOptions
  @OptionGroup var threads: ThreadOptions

  func validate() throws {
    if length < 1 { throw ValidationError("--length must be 1 or more, not \(length).") }
  }

  func run() throws {
    try inWords {
      let (checkpoint, path) = try loadModel(checkpoint)
      var repl = REPL(
        model: checkpoint.model(precision: precision.choice, kernels: try chosenKernels()), modelName: fileName(path),
        sampling: sampling.parameters,
        length: length, seed: sampling.chosenSeed(), unknown: unknown == .skip ? .skip : .error,
        threads: threads.count)
      try repl.run()
    }
  }
}

import ArgumentParser
import CharLSTM

struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes texts to a file or to standard output.",
    discussion: """
      Text i depends on its prompt, the seed and i alone, not on --threads or --count. A file appears whole or not at all.

      Example:

        bard generate --output - --prompt 'ROMEO:' --length 500
        bard generate poems.safetensors --output new.jsonl --format jsonl --count 100 --length 1000 --seed 7
      """)

  @Argument(
    help: "A model file. (default: the Shakespeare model that comes with bard)",
    completion: .file(extensions: ["safetensors"]))
  var checkpoint: String?

  @Option(help: ArgumentHelp("The file to write; -: standard output.", valueName: "file"), completion: .file())
  var output: String

  @Option(help: "How many texts; of every prompt where there are several, one of each in turn.")
  var count = 1

  @Option(help: "Characters of each text, its prompt not counted.")
  var length = 1000

  @Option(help: "What each text goes on from. \\n and \\t stand for line end and tab.")
  var prompt: String?

  @Option(help: ArgumentHelp("A file whose whole text is the prompt.", valueName: "file"), completion: .file())
  var promptFile: String?

  @Option(help: ArgumentHelp("A file with a prompt on each line.", valueName: "file"), completion: .file())
  var prompts: String?

  @Option(help: "text, or jsonl: an object a line with index, seed, prompt, text and ending.")
  var format = GenerationFormat.text

  @Option(help: "What to do with a character of a prompt that the model does not know: error, or skip.")
  var unknown = UnknownChoice.error

  @Flag(help: "Overwrite an existing file.")
  var force = false

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  @OptionGroup(title: "Sampling") var sampling: SamplingOptions
  @OptionGroup var precision: SamplingPrecisionOptions
  @OptionGroup var threads: ThreadOptions

  /// Texts of a prompt, or characters of a text.
  private static let most = 1_000_000_000

  func validate() throws {
    if !(1...Self.most).contains(count) {
      throw ValidationError("--count must be from 1 to \(grouped(Self.most)), not \(count).")
    }
    if !(0...Self.most).contains(length) {
      throw ValidationError("--length must be from 0 to \(grouped(Self.most)), not \(length).")
    }
    if [prompt, promptFile, prompts].compactMap({ $0 }).count > 1 {
      throw ValidationError("give one of --prompt, --prompt-file and --prompts.")
    }
  }

  func run() throws {
    var cancelled = false
    try inWords {
      let destination = try GenerationDestination(path: output, force: force)
      let model = try loadModel(checkpoint).checkpoint.model(
        precision: precision.choice, kernels: chosenKernels())
      let prompts = try PromptReader(unknown: unknown, vocabulary: model.vocabulary).prompts(
        text: prompt.map(\.unescaped), file: promptFile, lines: self.prompts)
      Interruption.listen()
      let writer = GenerationWriter(
        model: model, sampling: sampling.parameters, seed: sampling.chosenSeed(), length: length, format: format,
        threads: threads.count, quiet: quiet)
      cancelled = try !writer.write(prompts: prompts, rounds: count, to: destination)
      if !cancelled { try destination.commit() }
    }
    if cancelled { throw Interruption.exitCode }
  }
}

enum GenerationFormat: String, ExpressibleByArgument, CaseIterable { case text, jsonl }
enum UnknownChoice: String, ExpressibleByArgument, CaseIterable { case error, skip }

import ArgumentParser
import CharLSTM

struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Generate texts to a file or to standard output.",
    discussion: """
      With the same model, prompt and --seed you always get the same texts: the fifth is the same whether you ask for five or a \
      thousand, and on any number of threads. The output file is written atomically.

      Examples:

        bard generate --output - --prompt 'ROMEO:' --length 500
        bard generate poems.safetensors --output new.jsonl --format jsonl --count 100 --length 1000 --seed 7
      """)

  @Argument(
    help: "A model file. (default: the Shakespeare model that comes with bard)",
    completion: .file(extensions: ["safetensors"]))
  var model: String?

  @Option(help: ArgumentHelp("File to write, or - for standard output.", valueName: "file"), completion: .file())
  var output: String

  @Option(help: "Number of texts; with --prompts, the number for each prompt.")
  var count = 1

  @Option(help: "Length of each text in characters, without its prompt.")
  var length = 1000

  @Option(help: "Beginning of each text. Write \\n for a new line and \\t for a tab.")
  var prompt: String?

  @Option(help: ArgumentHelp("File whose whole text is the prompt.", valueName: "file"), completion: .file())
  var promptFile: String?

  @Option(help: ArgumentHelp("File with one prompt per line.", valueName: "file"), completion: .file())
  var prompts: String?

  @Option(help: "text, or jsonl: a JSON object per line with index, seed, prompt, text and ending.")
  var format = GenerationFormat.text

  @Option(help: "What to do if a prompt has a character that the model has never seen: stop with an error, or skip it.")
  var unknown = UnknownChoice.error

  @Flag(help: "Overwrite an existing file.")
  var force = false

  @Flag(help: "Print only errors.")
  var quiet = false

  @OptionGroup(title: "Sampling") var sampling: SamplingOptions
  @OptionGroup var precision: SamplingPrecisionOptions
  @OptionGroup var processor: ProcessorOptions

  /// The maximum number of texts of a prompt, and of characters of a text.
  private static let most = 1_000_000_000

  func validate() throws {
    if !(1...Self.most).contains(count) {
      throw ValidationError("--count must be from 1 to \(grouped(Self.most)), not \(count).")
    }
    if !(0...Self.most).contains(length) {
      throw ValidationError("--length must be from 0 to \(grouped(Self.most)), not \(length).")
    }
    if [prompt, promptFile, prompts].compactMap({ $0 }).count > 1 {
      throw ValidationError("Give only one of --prompt, --prompt-file and --prompts.")
    }
  }

  func run() throws {
    var cancelled = false
    try reportingErrors {
      let destination = try OutputFile(
        path: output, force: force, inputs: [self.model, promptFile, self.prompts].compactMap(\.self))
      let model = try loadModel(self.model).checkpoint.model(
        precision: precision.choice, kernels: ProcessorOptions.kernels)
      let prompts = try PromptReader(unknown: unknown, vocabulary: model.vocabulary).prompts(
        text: prompt.map(\.unescaped), file: promptFile, lines: self.prompts)
      Interruption.listen()
      let writer = GenerationWriter(
        model: model, sampling: sampling.parameters, seed: sampling.chosenSeed(), length: length, format: format,
        threads: processor.count, quiet: quiet)
      cancelled = try !writer.write(prompts: prompts, rounds: count, to: destination)
      if !cancelled { try destination.commit() }
    }
    if cancelled { throw Interruption.exitCode }
  }
}

enum GenerationFormat: String, ExpressibleByArgument, CaseIterable { case text, jsonl }
enum UnknownChoice: String, ExpressibleByArgument, CaseIterable { case error, skip }

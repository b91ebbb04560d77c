import ArgumentParser

@main
struct Bard: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "bard",
    abstract: "Learn from any text, then write new text in its style.",
    discussion: """
      A character-level LSTM that trains and runs on the CPU. Start with `bard repl`: it uses the Shakespeare model that comes with \
      bard.

        bard train poems.txt --output poems.safetensors
        bard repl poems.safetensors
        bard generate poems.safetensors --output new.txt --count 10 --length 1000

      Every command that needs a model uses the Shakespeare model if you name none.
      """,
    version: version,
    subcommands: [
      Train.self, Talk.self, Generate.self, Evaluate.self, Surprise.self, Atlas.self, Originality.self, Inspect.self,
      Report.self, Explain.self, CompareRegimes.self, UnknownSubcommand.self,
    ],
    defaultSubcommand: UnknownSubcommand.self)
}

/// Answers a word that is no subcommand, and `bard` alone.
struct UnknownSubcommand: ParsableCommand {
  static let configuration = CommandConfiguration(shouldDisplay: false)

  @Argument(parsing: .captureForPassthrough)
  var words: [String] = []

  func run() throws {
    guard let word = words.first else { throw CleanExit.helpRequest(Bard.self) }
    if word.hasPrefix("-") { Bard.exit(withError: ValidationError("Unknown option '\(word)'")) }
    let names = Bard.configuration.subcommands.filter { $0.configuration.shouldDisplay }
      .map { $0.configuration.commandName ?? "\($0)".lowercased() }
    Bard.exit(
      withError: ValidationError(
        "bard has no subcommand '\(word)'. The subcommands are \(names.joined(separator: ", "))."))
  }
}

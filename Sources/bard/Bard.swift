import ArgumentParser

@main
struct Bard: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "bard",
    abstract: "Learns to write, one character at a time, from any text, and writes in its manner.",
    discussion: """
      A character LSTM that trains statefully on contiguous lanes of a corpus, on the processor alone.

        bard train poems.txt --output poems.safetensors
        bard repl poems.safetensors
        bard generate poems.safetensors --output new.txt --count 10 --length 1000

      Without a checkpoint, repl and generate use the Shakespeare model that comes with bard.
      """,
    version: version,
    subcommands: [
      Train.self, Talk.self, Generate.self, Evaluate.self, Surprise.self, Atlas.self, Originality.self, Inspect.self,
      Report.self, Explain.self, CompareRegimes.self,
    ])
}

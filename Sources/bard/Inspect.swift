import ArgumentParser
import CharLSTM

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what is in a checkpoint: sizes, vocabulary, parameters, training.",
    discussion: "Example:\n\n  bard inspect poems.safetensors\n  bard inspect poems.safetensors --json")

  @Argument(
    help: "A model file. (default: the Shakespeare model that comes with bard)",
    completion: .file(extensions: ["safetensors"]))
  var checkpoint: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    try inWords {
      let (checkpoint, path) = try loadModel(checkpoint)
      let report = Inspection(checkpoint, path: path)
      print(json ? try report.json() : report.words, terminator: "\n")
    }
  }
}

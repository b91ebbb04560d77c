import ArgumentParser
import CharLSTM
import REPL

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what is in a model file: sizes, vocabulary, parameters, training.",
    discussion: "Examples:\n\n  bard inspect poems.safetensors\n  bard inspect poems.safetensors --json")

  @Argument(
    help: "A model file. (default: the Shakespeare model that comes with bard)",
    completion: .file(extensions: ["safetensors"]))
  var model: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    try reportingErrors {
      let (checkpoint, path) = try loadModel(model)
      let inspection = Inspection(checkpoint, path: path)
      try Terminal.put(lines: json ? [JSON.text(inspection, .pretty)] : inspection.lines)
    }
  }
}

import ArgumentParser
import CharLSTM
import Pages
import REPL

struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare training runs: a table, and their curves on one page.",
    discussion: """
      Each run is either a log written by bard train --log FILE (even one still being written) or a model with its \
      NAME.training.safetensors beside it. The page is a single file that works offline.

      Examples:

        bard report small.log large.log --html runs.html
        bard report small.safetensors large.safetensors --json
      """)

  @Argument(help: ArgumentHelp("One log or model for each run.", valueName: "run"), completion: .file())
  var runs: [String]

  @Option(
    help: ArgumentHelp("Write a page with the curves to this file.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @Flag(help: "Overwrite an existing page.")
  var force = false

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    try reportingErrors {
      let inputs = runs + runs.map { CheckpointPaths($0).training }
      let destination = try html.map { try OutputFile(path: $0, force: force, option: "--html", inputs: inputs) }
      let histories = try runs.map(history)
      let names = Self.names(of: runs)
      let table = RunsTable(runs: zip(names, histories).map { ($0, $1) })
      try Terminal.put(lines: json ? [table.json] : table.lines)
      guard let destination else {
        if !json { Terminal.tell("To see the curves, write a page with --html FILE.") }
        return
      }
      var page = TrainingComparison()
      for (name, history) in zip(names, histories) { page.add(history, name: name) }
      try destination.write(page: page.html)
    }
  }

  private func history(_ path: String) throws -> TrainingHistory {
    guard path.hasSuffix(CheckpointPaths.suffix) else {
      return TrainingHistory(log: try TrainingLog.lines(of: path))
    }
    let training = CheckpointPaths(path).training
    guard FilePath.exists(training) else { throw CheckpointError.missingTrainingState(path: training) }
    let history = try TrainingCheckpoint(path: training).history
    guard !history.intervals.isEmpty else {
      throw Failure("\(training) has no record of the training. Give the log that bard train --log FILE wrote instead.")
    }
    return history
  }

  /// The name of each run: its file name, or its path as it was given if another run has the same file name.
  static func names(of paths: [String]) -> [String] {
    let names = paths.map(FilePath.name)
    return zip(paths, names).map { path, name in names.count { $0 == name } > 1 ? path : name }
  }
}

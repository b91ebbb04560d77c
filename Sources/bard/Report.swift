import ArgumentParser
import CharLSTM
import REPL

struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compares training runs: a table, and their curves in one page.",
    discussion: """
      A run is the log that bard train --log FILE writes, also while it still does, or a model beside which its \
      NAME.training.safetensors lies. The page needs nothing but a browser.

      Example:

        bard report small.log large.log --html runs.html
        bard report small.safetensors large.safetensors --json
      """)

  @Argument(help: ArgumentHelp("A log or a model of each run.", valueName: "run"), completion: .file())
  var runs: [String]

  @Option(
    help: ArgumentHelp("Draw the curves in this page.", valueName: "file"), completion: .file(extensions: ["html"]))
  var html: String?

  @Flag(help: "Overwrite an existing page.")
  var force = false

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    try inWords {
      if let html, runs.contains(html) { throw Failure("\(html) is one of the runs; give the page another name.") }
      if let html, fileExists(html) && !force {
        throw Failure("\(html) exists already. Give another --html, or overwrite it with --force.")
      }
      let histories = try runs.map(history)
      let names = Self.names(of: runs)
      let table = RunTable(runs: zip(names, histories).map { ($0, $1) })
      print(json ? try table.json : table.lines.joined(separator: "\n"))
      guard let html else {
        if !json { Terminal.tell("--html FILE draws the curves") }
        return
      }
      var page = TrainingComparison()
      for (name, history) in zip(names, histories) { page.add(history, name: name) }
      try AtomicFile.write(Array(page.html.utf8), to: html)
      Terminal.tell("wrote \(html)")
    }
  }

  private func history(_ path: String) throws -> TrainingHistory {
    guard path.hasSuffix(CheckpointPaths.suffix) else {
      return TrainingHistory(log: try TrainingLog.lines(of: path))
    }
    let training = CheckpointPaths(path).training
    guard fileExists(training) else { throw CheckpointError.missingTrainingState(path: training) }
    let history = try TrainingCheckpoint(path: training).history
    guard !history.intervals.isEmpty else {
      throw Failure("\(training): it does not say how training went; give the log of bard train --log FILE instead.")
    }
    return history
  }

  /// The file's name, or its path as it was given where another run has the same.
  static func names(of paths: [String]) -> [String] {
    let names = paths.map(fileName)
    return zip(paths, names).map { path, name in names.count { $0 == name } > 1 ? path : name }
  }
}

import CharLSTM
import Pages
import REPL

/// Writes the files of a training run: checkpoints, log and page.
final class TrainingFiles {
  private let writer: CheckpointWriter
  private let log: TrainingLog?
  private let processor: Processor
  private var page: TrainingReportWriter?

  /// Opens the log.
  /// - Throws: `TrainingLogError`.
  init(_ preparation: TrainingPreparation, log path: String?, appendsLog: Bool, writesReport: Bool) throws {
    writer = CheckpointWriter(
      paths: preparation.paths, corpusPaths: preparation.corpusPaths, minimumCount: preparation.minimumCount)
    log = try path.map { try TrainingLog(path: $0, append: appendsLog) }
    processor = preparation.trainer.processor
    page = writesReport ? TrainingReportWriter(path: preparation.paths.report) : nil
  }

  /// Writes the files that belong to an event.
  /// - Returns: the error if the page cannot be written for the first time; nil otherwise. Training continues without the
  ///   page.
  func write(_ event: TrainingRun.Event) throws -> TrainingReportError? {
    switch event {
    case .best(let snapshot): try writer.writeBest(snapshot)
    case .logged(let line): try log?.write(line)
    case .save(let snapshot):
      try writer.write(snapshot)
      return writeReport(.running(share: snapshot.share), snapshot)
    case .progress, .validated, .sample: break
    }
    return nil
  }

  /// - Returns: the error if the page cannot be written for the first time; nil otherwise.
  func writeReport(_ state: TrainingReport.State, _ snapshot: TrainingSnapshot) -> TrainingReportError? {
    let isLast = if case .running = state { false } else { true }
    return page?.write(isLast: isLast) {
      TrainingReport(name: writer.paths.name, state: state, snapshot: snapshot, processor: processor)
    }
  }
}

import CharLSTM
import Pages
import REPL

/// Shows a training run on standard error: a progress line, validation results and samples.
final class TrainingDisplay {
  private var line: ProgressLine
  private var last: TrainingRun.Progress?

  init(quiet: Bool) { line = ProgressLine(quiet: quiet) }

  func show(_ event: TrainingRun.Event) {
    switch event {
    case .progress(let progress):
      last = progress
      line.show(share: progress.share) {
        // a narrow terminal cuts the end of the line off
        "\(duration(progress.secondsLeft)) left  loss \(fixed(progress.loss, 3))"
          + "  \(grouped(Int(progress.charactersPerSecond))) chars/s  epoch \(fixed(progress.epoch, 2))"
      }
    case .validated(let loss, let isBest):
      guard let last else { return }
      line.tell(
        "epoch \(fixed(last.epoch, 2)), step \(grouped(last.step)): training loss \(fixed(last.loss, 4)), validation loss"
          + " \(fixed(loss, 4)) nats (\(fixed(bits(loss), 4)) bits) per character" + (isBest ? ", the best so far" : "")
      )
    case .sample(let text):
      guard let last else { return }
      line.tell("--- sample at step \(grouped(last.step)) ---\n\(text)\n---")
    case .best, .logged, .save: break
    }
  }

  /// Reports that the page cannot be written.
  func warn(_ error: TrainingReportError) {
    line.clear()
    Terminal.tell("\(error.message) Training continues without the page.")
  }

  func end() { line.clear() }

  static func conclusion(of run: TrainingRun, paths: CheckpointPaths, ending: TrainingRun.Ending) -> [String] {
    let summary = run.summary
    var lines: [String] = []
    if ending == .noImprovement, let best = summary.bestStep {
      lines.append(
        "Stopped early: the validation loss has not improved since step \(grouped(best)). Use --patience 0 to train to the end"
          + " of the budget.")
    }
    lines.append(
      "\(ending == .stopped ? "Stopped after" : "Trained for") \(counted(summary.step, "step")) (\(fixed(summary.epoch, 2)) epochs,"
        + " \(duration(summary.seconds))). Wrote \(paths.model).")
    var model = paths.model
    if let best = summary.bestValidationLoss, let step = summary.bestStep, step != summary.step {
      lines.append(
        "The best model, with a validation loss of \(fixed(best, 4)) at step \(grouped(step)), is \(paths.best).")
      model = paths.best
    }
    lines.append(
      ending == .stopped
        ? "To continue: bard train --resume \(paths.model)" : "To write with it: bard repl \(model)")
    return lines
  }
}

import CharLSTM
import REPL

/// What a training run looks like: a progress line, validation results and samples, on standard error.
final class TrainingDisplay {
  private var line: ProgressLine
  private var last: TrainingRun.Progress?

  init(quiet: Bool) { line = ProgressLine(quiet: quiet) }

  func show(_ event: TrainingRun.Event) {
    switch event {
    case .progress(let progress):
      last = progress
      line.show(share: progress.share) {
        "epoch \(fixed(progress.epoch, 2))  loss \(fixed(progress.loss, 3))  \(fixed(bits(progress.loss), 3)) bits/char"
          + "  \(grouped(Int(progress.charactersPerSecond))) chars/s  \(duration(progress.secondsLeft)) left"
      }
    case .validated(let evaluation, let isBest):
      guard let last else { return }
      line.tell(
        "epoch \(fixed(last.epoch, 2)), step \(grouped(last.step)): training loss \(fixed(last.loss, 4)), validation loss"
          + " \(fixed(evaluation.natsPerCharacter, 4)) nats (\(fixed(evaluation.bitsPerCharacter, 4)) bits) per character"
          + (isBest ? ", the best so far" : ""))
    case .sample(let text):
      guard let last else { return }
      line.tell("--- a sample at step \(grouped(last.step)) ---\n\(text)\n---")
    case .saved: break
    case .reportNotWritten(let error):
      line.clear()
      Terminal.tell("\(error.words); training goes on without the page")
    }
  }

  func end() { line.clear() }

  static func conclusion(of run: TrainingRun, paths: CheckpointPaths, ending: TrainingRun.Ending) -> [String] {
    let summary = run.summary
    var lines: [String] = []
    if ending == .noImprovement, let best = summary.bestStep {
      lines.append(
        "the validation loss has not fallen since step \(grouped(best)): no more to learn for this network (--patience 0 goes"
          + " on to the end of the budget)")
    }
    lines += [
      "\(ending == .stopped ? "stopped" : "trained") after \(grouped(summary.step)) steps, \(fixed(summary.epoch, 2)) epochs,"
        + " \(duration(summary.seconds)); wrote \(paths.model)"
    ]
    if let best = summary.bestValidationLoss, let step = summary.bestStep, step != summary.step {
      lines.append("the best model (validation loss \(fixed(best, 4)) at step \(grouped(step))) is \(paths.best)")
    }
    if ending == .stopped { lines.append("go on with: bard train --resume \(paths.model)") }
    return lines
  }
}

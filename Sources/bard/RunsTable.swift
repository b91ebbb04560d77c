import CharLSTM

/// The figures of training runs, one line for each run.
struct RunsTable {
  let runs: [(name: String, history: TrainingHistory)]

  /// The table, under a heading of two lines. Numbers are right-aligned.
  var lines: [String] {
    let rows = runs.map { name, history -> [String] in
      func loss(_ loss: Double?) -> String { loss.map { fixed($0, 4) } ?? "-" }
      let (last, best) = (history.validations.last?.loss, history.bestValidation?.loss)
      return [
        name, grouped(history.step), fixed(history.epoch, 2), fixed(history.seconds / 60, 1),
        loss(history.trainingLoss()), loss(last), loss(best), loss(last.map(bits)), loss(best.map(bits)),
        history.charactersPerSecond.map { grouped($0) } ?? "-",
      ]
    }
    let columns = ["run", "steps", "epochs", "minutes", "training", "last", "best", "last", "best", "chars/s"]
    let widths = columns.indices.map { column in ([columns] + rows).map { $0[column].columns }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      cells.indices.map { column in
        column == 0 ? cells[column].padded(to: widths[column]) : " " + cells[column].leftPadded(to: widths[column])
      }.joined()
    }
    // these headings are above the two columns of the validation loss in nats, and above the columns in bits
    func end(_ column: Int) -> Int { widths[...column].reduce(0, +) + column }
    func head(_ text: String, from start: Int, to end: Int) -> String {
      String(repeating: " ", count: max(1, end - start - text.count)) + text
    }
    let heads = head("validation", from: 0, to: end(6)) + head("in bits", from: end(6), to: end(8))
    return [heads, line(columns)] + rows.map(line)
  }

  /// The JSON keys, which programs rely on.
  private struct Names: Encodable {
    struct Run: Encodable {
      let name: String
      let step: Int
      let epoch: Double
      let seconds: Double
      let trainingLoss: Double?
      let validationLoss: Double?
      let validationBits: Double?
      let bestValidationLoss: Double?
      let bestValidationBits: Double?
      let bestStep: Int?
      let charactersPerSecond: Double?
    }
    let runs: [Run]
  }

  /// One JSON object.
  var json: String {
    let names = runs.map { name, history in
      let (last, best) = (history.validations.last, history.bestValidation)
      return Names.Run(
        name: name, step: history.step, epoch: history.epoch, seconds: history.seconds,
        trainingLoss: history.trainingLoss(), validationLoss: last?.loss, validationBits: (last?.loss).map(bits),
        bestValidationLoss: best?.loss, bestValidationBits: (best?.loss).map(bits), bestStep: best?.step,
        charactersPerSecond: history.charactersPerSecond)
    }
    return JSON.text(Names(runs: names))
  }
}

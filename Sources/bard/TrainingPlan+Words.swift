import CharLSTM

extension TrainingPlan {
  /// What was chosen, and why, in two lines.
  /// - Parameter used: the settings after the options given were put over them.
  func words(used: TrainingConfiguration, threads: Int) -> [String] {
    let times =
      epochs < 1
      ? "\(Int((100 * epochs).rounded())) % of the text is read"
      : epochs < 1.5
        ? "the text is read once" : "the text is read some \(grouped(Int(epochs.rounded()))) times"
    var dropped = used.dropout == 0 ? [] : ["dropout \(significant(used.dropout))"]
    if used.weightDropout > 0 { dropped.append("\(significant(used.weightDropout)) of the recurrent weights left out") }
    return [
      choosesSize
        ? "chosen: \(counted(model.hiddenSize, "cell")): more would read fewer than"
          + " \(significant(Self.charactersPerParameter)) characters for each parameter, trained \(used.budget.words) on"
          + " \(counted(threads, "thread")), or be more than the corpus has text for"
        : "given: \(counted(model.hiddenSize, "cell"))",
      "chosen: \(dropped.isEmpty ? "no dropout" : dropped.joined(separator: ", ")): \(times); all can be given instead (--help)",
    ]
  }
}

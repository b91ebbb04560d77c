import CharLSTM

extension TrainingPlan {
  /// What was chosen, and why, in two lines.
  /// - Parameter used: the settings after the options given were put over them.
  func words(used: TrainingConfiguration, threads: Int) -> [String] {
    let times =
      epochs < 1
      ? "\(significant((100 * epochs).rounded())) % of the text is read"
      : epochs < 1.5 ? "the text is read once" : "the text is read some \(grouped(epochs)) times"
    var dropped = used.dropout == 0 ? [] : ["dropout \(significant(used.dropout))"]
    if used.weightDropout > 0 { dropped.append("\(significant(used.weightDropout)) of the recurrent weights left out") }
    let isChosen = (used.dropout, used.weightDropout) == (configuration.dropout, configuration.weightDropout)
    let reason =
      model.hiddenSize == Self.hiddenSizes.last
      ? "no more are ever chosen"
      : "more would read fewer than \(significant(Self.charactersPerParameter)) characters for each parameter, trained"
        + " \(used.budget.words) on \(counted(threads, "thread")), or be more than the corpus has text for"
    return [
      choosesSize
        ? "chosen: \(counted(model.hiddenSize, "cell")): \(reason)" : "given: \(counted(model.hiddenSize, "cell"))",
      "\(isChosen ? "chosen" : "given"): \(dropped.isEmpty ? "no dropout" : dropped.joined(separator: ", ")): \(times);"
        + " all can be given instead (--help)",
    ]
  }
}

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
    let dropped =
      used.dropout == 0 && used.weightDropout == 0
      ? "no dropout"
      : "dropout \(significant(used.dropout)), \(significant(used.weightDropout)) of the recurrent weights left out"
    return [
      choosesSize
        ? "chosen: \(counted(model.hiddenSize, "cell")): more would read fewer than"
          + " \(significant(Self.charactersPerParameter)) characters for each parameter, trained \(used.budget.words) on"
          + " \(counted(threads, "thread")), or be more than the corpus has text for"
        : "given: \(counted(model.hiddenSize, "cell"))",
      "chosen: \(dropped): \(times); all can be given instead (--help)",
    ]
  }
}

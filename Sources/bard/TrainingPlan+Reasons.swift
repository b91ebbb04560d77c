import CharLSTM
import Pages

extension TrainingPlan {
  /// The choices of the plan and their reasons, in two lines.
  /// - Parameter used: the settings of the run, after the given options have overridden the plan.
  func reasons(used: TrainingConfiguration, threads: Int) -> [String] {
    let reading =
      epochs < 1
      ? "only \(significant((100 * epochs).rounded())) % of the text will be read"
      : epochs < 1.5 ? "the text will be read once" : "the text will be read about \(grouped(epochs)) times"
    var dropouts = used.dropout == 0 ? [] : ["dropout \(significant(used.dropout))"]
    if used.weightDropout > 0 { dropouts.append("recurrent dropout \(significant(used.weightDropout))") }
    let dropout = dropouts.isEmpty ? "no dropout" : dropouts.joined(separator: ", ")
    let isChosen = (used.dropout, used.weightDropout) == (configuration.dropout, configuration.weightDropout)
    let cells = counted(model.hiddenSize, "cell")
    let size =
      model.hiddenSize == Self.hiddenSizes.last
      ? "bard never chooses more"
      : "the largest network that can learn well from this text \(used.budget.phrase) on \(counted(threads, "thread"))"
    return [
      choosesSize ? "Chose \(cells): \(size)." : "You chose \(cells).",
      isChosen
        ? "Chose \(dropout), because \(reading); override with --dropout and --weight-dropout."
        : "You chose \(dropout); \(reading).",
    ]
  }
}

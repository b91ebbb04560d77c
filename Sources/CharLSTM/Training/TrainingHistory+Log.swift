extension TrainingHistory {
  /// Makes a history from the lines of a log. It has no samples.
  ///
  /// A log line gives the learning rate and the gradient norm of its last step only, so they stand for the whole
  /// interval. If a run was killed and resumed from an earlier checkpoint, the steps in the log go back. The lines
  /// of the lost steps are then left out.
  public init(log lines: [TrainingLogLine]) {
    var known: [TrainingLogLine] = []
    for line in lines {
      while let last = known.last, last.step >= line.step { known.removeLast() }
      known.append(line)
    }
    var step = 0
    for line in known {
      let steps = min(line.step - step, TrainingRun.stepsPerLogLine)
      let count = Double(steps)
      // a line does not give the characters per step; any number gives the same speed, so count one
      let minibatchSeconds = line.charactersPerSecond > 0 ? count / line.charactersPerSecond : 0
      add(
        Interval(
          lastStep: line.step, steps: steps, seconds: line.seconds, lossSum: line.trainingLoss * count,
          learningRateSum: line.learningRate * count, gradientNormSum: line.gradientNorm * count,
          highestGradientNorm: line.gradientNorm, characters: count, minibatchSeconds: minibatchSeconds),
        epoch: line.epoch)
      if let loss = line.validationLoss {
        add(Validation(step: line.step, epoch: line.epoch, seconds: line.seconds, loss: loss))
      }
      step = line.step
    }
  }
}

extension TrainingHistory {
  /// The history that a log tells, without samples.
  ///
  /// The learning rate and the gradient norm of a line are those of its last step. Where a
  /// run was killed and went on from an earlier checkpoint, the log goes back: what came to nothing is left out.
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
      // how many characters a step has is not told, nor needed: the speed is the same for any number
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

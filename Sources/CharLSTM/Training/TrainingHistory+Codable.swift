extension TrainingHistory: Codable {
  /// The intervals as columns, one array for each number. This takes a third of the bytes of one object per
  /// interval.
  private struct Columns: Codable {
    var lastStep: [Int] = []
    var steps: [Int] = []
    var seconds: [Double] = []
    var loss: [Double] = []
    var learningRate: [Double] = []
    var gradientNorm: [Double] = []
    var highestGradientNorm: [Double] = []
    var characters: [Double] = []
    var minibatchSeconds: [Double] = []

    var numbers: [[Double]] {
      [seconds, loss, learningRate, gradientNorm, highestGradientNorm, characters, minibatchSeconds]
    }
  }

  private enum CodingKeys: String, CodingKey { case intervals, intervalLength, epoch, validations, samples }

  /// Writes intervals as columns, with sums instead of means. Writes validations and samples as objects.
  public func encode(to encoder: any Encoder) throws {
    var columns = Columns()
    for interval in intervals {
      columns.lastStep.append(interval.lastStep)
      columns.steps.append(interval.steps)
      columns.seconds.append(interval.seconds)
      columns.loss.append(interval.lossSum)
      columns.learningRate.append(interval.learningRateSum)
      columns.gradientNorm.append(interval.gradientNormSum)
      columns.highestGradientNorm.append(interval.highestGradientNorm)
      columns.characters.append(interval.characters)
      columns.minibatchSeconds.append(interval.minibatchSeconds)
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(columns, forKey: .intervals)
    try container.encode(intervalLength, forKey: .intervalLength)
    try container.encode(epoch, forKey: .epoch)
    try container.encode(validations, forKey: .validations)
    try container.encode(samples, forKey: .samples)
  }

  /// Reads a history that `encode(to:)` wrote.
  ///
  /// - Throws: `DecodingError`. It is `dataCorrupted` if the numbers cannot be those of a run.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let columns = try container.decode(Columns.self, forKey: .intervals)
    intervalLength = try container.decode(Int.self, forKey: .intervalLength)
    epoch = try container.decode(Double.self, forKey: .epoch)
    validations = try container.decode([Validation].self, forKey: .validations)
    samples = try container.decode([Sample].self, forKey: .samples)

    func check(_ holds: Bool, _ fault: String) throws {
      guard !holds else { return }
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: fault))
    }
    let count = columns.lastStep.count
    try check(
      columns.steps.count == count && columns.numbers.allSatisfy { $0.count == count },
      "columns of different lengths")
    try check(
      count <= Self.mostIntervals && validations.count <= Self.mostValidations && samples.count <= Self.mostSamples,
      "more entries than a history has")
    try check((1...Self.largestCount).contains(intervalLength), "intervals of \(intervalLength) steps")
    var before = 0
    for (last, steps) in zip(columns.lastStep, columns.steps) {
      try check(steps >= 1 && last >= before && last <= Self.largestCount && last - before >= steps, "step \(last)")
      before = last
    }
    for steps in [validations.map(\.step), samples.map(\.step)] {
      try check(zip(steps, steps.dropFirst()).allSatisfy { $0 <= $1 }, "steps that are not in order")
      try check(steps.allSatisfy { (0...before).contains($0) }, "a step that was never done")
    }
    let numbers =
      columns.numbers.flatMap(\.self) + validations.flatMap { [$0.epoch, $0.seconds, $0.loss] }
      + samples.map(\.seconds) + [epoch]
    try check(numbers.allSatisfy { (0...Self.largestNumber).contains($0) }, "a number that no run has")
    intervals = columns.lastStep.indices.map { index in
      Interval(
        lastStep: columns.lastStep[index], steps: columns.steps[index], seconds: columns.seconds[index],
        lossSum: columns.loss[index], learningRateSum: columns.learningRate[index],
        gradientNormSum: columns.gradientNorm[index], highestGradientNorm: columns.highestGradientNorm[index],
        characters: columns.characters[index], minibatchSeconds: columns.minibatchSeconds[index])
    }
  }

  /// The largest step that is accepted. No run reaches it, and sums of such numbers do not overflow.
  static let largestCount = 1 << 50
  /// The largest number that is accepted. No run reaches it, and sums of such numbers do not overflow.
  static let largestNumber = 1e100
}

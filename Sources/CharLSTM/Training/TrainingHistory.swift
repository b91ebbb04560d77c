/// How a training run went so far, in bounded memory: losses, learning rate, gradient norm and speed over its steps, every
/// validation, and samples.
///
/// Steps are averaged over intervals. Where these would become more than `mostIntervals`, neighbours are joined, and intervals
/// are twice as long from then on. The same steps give the same history, whether or not it was stored in between.
public struct TrainingHistory: Sendable, Equatable {
  /// Consecutive minibatches as one. Sums are kept rather than means, so that nothing is lost where intervals are joined.
  public struct Interval: Sendable, Equatable {
    /// Minibatches done at its end.
    public internal(set) var lastStep: Int
    /// Minibatches in it.
    public internal(set) var steps: Int
    /// Time spent in training at its end, over all resumptions.
    public internal(set) var seconds: Double
    var lossSum: Double
    var learningRateSum: Double
    var gradientNormSum: Double
    /// Largest Euclidean norm of all gradients together, before clipping.
    public internal(set) var highestGradientNorm: Double
    var characters: Double
    /// Time spent on minibatches alone.
    var minibatchSeconds: Double

    /// Mean training loss, nats per character.
    public var loss: Double { lossSum / Double(steps) }
    /// Mean over its minibatches.
    public var learningRate: Double { learningRateSum / Double(steps) }
    /// Mean Euclidean norm of all gradients together, before clipping.
    public var gradientNorm: Double { gradientNormSum / Double(steps) }
    /// nil where no time was measured.
    public var charactersPerSecond: Double? { minibatchSeconds > 0 ? characters / minibatchSeconds : nil }
  }

  /// The held-out part, scored.
  public struct Validation: Sendable, Codable, Equatable {
    /// Minibatches done when it was scored.
    public var step: Int
    /// Passes over the training part done, as a fraction.
    public var epoch: Double
    /// Time spent in training by then, over all resumptions.
    public var seconds: Double
    /// Nats per character.
    public var loss: Double
  }

  /// What the network wrote.
  public struct Sample: Sendable, Codable, Equatable {
    /// Minibatches done when it was written.
    public var step: Int
    /// Time spent in training by then, over all resumptions.
    public var seconds: Double
    /// As the network wrote it, at the temperature of `TrainingRun.Options`.
    public var text: String
  }

  /// In order; each but the last has at least `intervalLength` steps.
  public internal(set) var intervals: [Interval] = []
  /// In order; beyond `mostValidations` those between close neighbours are left out, never the best, the first or the last.
  public internal(set) var validations: [Validation] = []
  /// In order; beyond `mostSamples` those between close neighbours are left out, never the first or the last.
  public internal(set) var samples: [Sample] = []
  /// Passes over the training part done, as a fraction.
  public internal(set) var epoch = 0.0
  /// Steps after which an interval is full; a power of two.
  var intervalLength = 1

  /// Intervals beyond which neighbours are joined.
  public static let mostIntervals = 500
  /// Validations beyond which those between close neighbours are left out.
  public static let mostValidations = 500
  /// Samples beyond which those between close neighbours are left out.
  public static let mostSamples = 20

  /// Of a run that has not begun.
  public init() {}

  /// Minibatches done.
  public var step: Int { intervals.last?.lastStep ?? 0 }
  /// Time spent in training until the last minibatch, over all resumptions.
  public var seconds: Double { intervals.last?.seconds ?? 0 }
  /// Minibatches done before those that are known: 0 but for a run that began where no history was kept.
  public var stepsBefore: Int { intervals.first.map { $0.lastStep - $0.steps } ?? 0 }
  /// That of the lowest loss, the first of equal ones; nil where nothing was validated.
  public var bestValidation: Validation? { validations.min { $0.loss < $1.loss } }

  /// Mean training loss of the last `count` minibatches or a few more, nats per character; nil where there are none.
  public func trainingLoss(last count: Int = 100) -> Double? {
    var (sum, steps) = (0.0, 0)
    for interval in intervals.reversed() where steps < count {
      sum += interval.lossSum
      steps += interval.steps
    }
    return steps > 0 ? sum / Double(steps) : nil
  }

  /// Over the whole run; nil where no time was measured.
  public var charactersPerSecond: Double? {
    let seconds = intervals.reduce(0) { $0 + $1.minibatchSeconds }
    return seconds > 0 ? intervals.reduce(0) { $0 + $1.characters } / seconds : nil
  }

  /// Adds a minibatch, or several as one.
  /// - Complexity: amortised O(1).
  package mutating func add(_ interval: Interval, epoch: Double) {
    self.epoch = epoch
    Self.append(interval, to: &intervals, length: intervalLength)
    while intervals.count > Self.mostIntervals {
      intervalLength *= 2
      var joined: [Interval] = []
      joined.reserveCapacity(Self.mostIntervals + 1)
      for interval in intervals { Self.append(interval, to: &joined, length: intervalLength) }
      intervals = joined
    }
  }

  /// Adds to the last interval until that has `length` steps.
  private static func append(_ interval: Interval, to intervals: inout [Interval], length: Int) {
    let last = intervals.count - 1
    if last >= 0 && intervals[last].steps < length {
      intervals[last].join(interval)
    } else {
      intervals.append(interval)
    }
  }

  /// - Complexity: O(`mostValidations`).
  package mutating func add(_ validation: Validation) {
    validations.append(validation)
    let best = bestValidation?.step
    Self.thin(&validations, to: Self.mostValidations, step: \.step) { $0.step == best }
  }

  /// - Complexity: O(`mostSamples`).
  package mutating func add(_ sample: Sample) {
    samples.append(sample)
    Self.thin(&samples, to: Self.mostSamples, step: \.step) { _ in false }
  }

  /// Leaves out what stands between the two closest neighbours, so that the rest lies evenly over the steps.
  private static func thin<Element>(
    _ elements: inout [Element], to limit: Int, step: (Element) -> Int, keeping isKept: (Element) -> Bool
  ) {
    func gap(_ index: Int) -> Int { step(elements[index + 1]) - step(elements[index - 1]) }
    while elements.count > limit {
      let between = (1..<elements.count - 1).filter { !isKept(elements[$0]) }
      guard let closest = between.min(by: { gap($0) < gap($1) }) else { return }
      elements.remove(at: closest)
    }
  }
}

extension TrainingHistory.Interval {
  /// One minibatch of `characters` that took `minibatchSeconds`.
  package init(
    _ step: Trainer.Step, step lastStep: Int, seconds: Double, characters: Int, minibatchSeconds: Double
  ) {
    self.init(
      lastStep: lastStep, steps: 1, seconds: seconds, lossSum: step.loss, learningRateSum: step.learningRate,
      gradientNormSum: step.gradientNorm, highestGradientNorm: step.gradientNorm, characters: Double(characters),
      minibatchSeconds: minibatchSeconds)
  }

  fileprivate mutating func join(_ next: Self) {
    lastStep = next.lastStep
    steps += next.steps
    seconds = next.seconds
    lossSum += next.lossSum
    learningRateSum += next.learningRateSum
    gradientNormSum += next.gradientNormSum
    highestGradientNorm = max(highestGradientNorm, next.highestGradientNorm)
    characters += next.characters
    minibatchSeconds += next.minibatchSeconds
  }
}

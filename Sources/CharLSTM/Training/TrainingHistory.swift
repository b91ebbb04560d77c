/// How a training run went so far, in bounded memory: losses, learning rate, gradient norm and speed, the
/// validations, and samples of text.
///
/// Steps are averaged over intervals. When there are more than `mostIntervals`, neighbouring intervals are joined,
/// and each interval is twice as long from then on. The same steps give the same history, even if it was stored and
/// read in between.
public struct TrainingHistory: Sendable, Equatable {
  /// Consecutive minibatches, averaged. It stores sums instead of means, so joining two intervals loses nothing.
  public struct Interval: Sendable, Equatable {
    /// The number of minibatches done at its end.
    public internal(set) var lastStep: Int
    /// The number of minibatches in it.
    public internal(set) var steps: Int
    /// The seconds spent on the run up to its end, without the pauses before it was resumed.
    public internal(set) var seconds: Double
    var lossSum: Double
    var learningRateSum: Double
    var gradientNormSum: Double
    /// The largest gradient norm, before clipping. It is the Euclidean norm of all gradients together.
    public internal(set) var highestGradientNorm: Double
    var characters: Double
    /// The seconds spent on minibatches alone.
    var minibatchSeconds: Double

    /// The mean training loss, in nats per character.
    public var loss: Double { lossSum / Double(steps) }
    /// The mean learning rate.
    public var learningRate: Double { learningRateSum / Double(steps) }
    /// The mean gradient norm, before clipping. It is the Euclidean norm of all gradients together.
    public var gradientNorm: Double { gradientNormSum / Double(steps) }
    /// The speed in characters per second of the time spent on minibatches; nil if no time was measured.
    public var charactersPerSecond: Double? { minibatchSeconds > 0 ? characters / minibatchSeconds : nil }
  }

  /// One measurement of the loss on the held-out part.
  public struct Validation: Sendable, Codable, Equatable {
    /// The number of minibatches done when the loss was measured.
    public var step: Int
    /// The number of passes over the training part by then, with the fraction of the current one.
    public var epoch: Double
    /// The seconds spent on the run by then, without the pauses before it was resumed.
    public var seconds: Double
    /// The validation loss, in nats per character.
    public var loss: Double
  }

  /// A text that the network wrote.
  public struct Sample: Sendable, Codable, Equatable {
    /// The number of minibatches done when it was written.
    public var step: Int
    /// The seconds spent on the run by then, without the pauses before it was resumed.
    public var seconds: Double
    /// The text as `TrainingRun.Actions.sample` returned it.
    public var text: String
  }

  /// The intervals, in order. Each one except the last has at least `intervalLength` steps.
  public internal(set) var intervals: [Interval] = []
  /// The validations, in order. If there are too many, some between close neighbours are removed, but never the
  /// best, the first or the last.
  public internal(set) var validations: [Validation] = []
  /// The samples, in order. If there are too many, some between close neighbours are removed, but never the first
  /// or the last.
  public internal(set) var samples: [Sample] = []
  /// The number of passes over the training part, with the fraction of the current one.
  public internal(set) var epoch = 0.0
  /// The number of steps of a full interval; a power of two.
  var intervalLength = 1

  /// The maximum number of intervals. Beyond it, neighbours are joined.
  public static let mostIntervals = 500
  /// The maximum number of validations. Beyond it, some between close neighbours are removed.
  public static let mostValidations = 500
  /// The maximum number of samples. Beyond it, some between close neighbours are removed.
  public static let mostSamples = 20

  /// Makes the history of a run that has not begun.
  public init() {}

  /// The number of minibatches done.
  public var step: Int { intervals.last?.lastStep ?? 0 }
  /// The seconds spent on the run up to the last minibatch, without the pauses before it was resumed.
  public var seconds: Double { intervals.last?.seconds ?? 0 }
  /// The number of minibatches before the first known one; above 0 only if the beginning of the run is missing.
  public var stepsBefore: Int { intervals.first.map { $0.lastStep - $0.steps } ?? 0 }
  /// The validation with the lowest loss, the first of equal ones; nil if there is none.
  public var bestValidation: Validation? { validations.min { $0.loss < $1.loss } }

  /// Returns the mean training loss of the last `count` minibatches, in nats per character; nil if there are none.
  /// It uses whole intervals, so it may include up to one interval more.
  public func trainingLoss(last count: Int = 100) -> Double? {
    var (sum, steps) = (0.0, 0)
    for interval in intervals.reversed() where steps < count {
      sum += interval.lossSum
      steps += interval.steps
    }
    return steps > 0 ? sum / Double(steps) : nil
  }

  /// The speed of the whole run in characters per second of the time spent on minibatches; nil if none was
  /// measured.
  public var charactersPerSecond: Double? {
    let seconds = intervals.reduce(0) { $0 + $1.minibatchSeconds }
    return seconds > 0 ? intervals.reduce(0) { $0 + $1.characters } / seconds : nil
  }

  /// Adds a minibatch, or several minibatches as one interval.
  /// - Complexity: Amortised O(1).
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

  /// Adds to the last interval until it has `length` steps, and then starts a new one.
  private static func append(_ interval: Interval, to intervals: inout [Interval], length: Int) {
    let last = intervals.count - 1
    if last >= 0 && intervals[last].steps < length {
      intervals[last].join(interval)
    } else {
      intervals.append(interval)
    }
  }

  /// Adds a validation. Removes another one if there are too many.
  /// - Complexity: O(`mostValidations`).
  package mutating func add(_ validation: Validation) {
    validations.append(validation)
    let best = bestValidation?.step
    Self.thin(&validations, to: Self.mostValidations, step: \.step) { $0.step == best }
  }

  /// Adds a sample. Removes another one if there are too many.
  /// - Complexity: O(`mostSamples`).
  package mutating func add(_ sample: Sample) {
    samples.append(sample)
    Self.thin(&samples, to: Self.mostSamples, step: \.step) { _ in false }
  }

  /// Removes elements until `limit` are left. Each time, it removes the one whose two neighbours are closest to
  /// each other, so that the rest stay evenly spread over the steps. It keeps the first and the last.
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
  /// Makes an interval of one minibatch, which has `characters` characters and took `minibatchSeconds` seconds.
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

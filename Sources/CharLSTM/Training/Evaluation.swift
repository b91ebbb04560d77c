import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a model makes of a text it is shown.
public struct Evaluation: Sendable, Equatable {
  /// Predictions scored.
  public let characters: Int
  /// Mean of -ln p(character), the cross-entropy.
  public let natsPerCharacter: Double

  /// `natsPerCharacter` / ln 2: what people compare.
  public var bitsPerCharacter: Double { natsPerCharacter / log(2) }
  /// exp(`natsPerCharacter`): so many equally likely characters would be as hard to predict.
  public var perplexity: Double { exp(natsPerCharacter) }

  /// Characters of context that a lane reads before the first one it scores.
  public static let warmUp = 512

  /// One stateful pass: every character but the first is predicted from all that precede it.
  ///
  /// A long text is read in several lanes side by side, each of which first reads `warmUp` characters of what precedes its
  /// own part without scoring them: an LSTM's memory of what lies further back makes no difference that four digits
  /// would show. `lanes: 1` reads the text from front to back as it stands.
  ///
  /// - Parameters:
  ///   - model: in its own precision.
  ///   - tokens: at least 2.
  ///   - lanes: nil for as many as the text's length is worth.
  ///   - threads: the result is the same for any number.
  /// - Returns: nil for fewer than 2 tokens.
  public static func stateful(
    _ model: CharacterModel, tokens: TokenSequence, lanes: Int? = nil, threads: Int
  ) -> Evaluation? {
    let predictions = tokens.count - 1
    guard predictions > 0 else { return nil }
    let lanes = max(1, min(lanes ?? min(64, predictions / (8 * warmUp)), predictions))
    let bounds = (0...lanes).map { predictions * $0 / lanes }
    let jobs = (0..<lanes).map { lane in
      let first = bounds[lane]
      let start = max(0, first - (lane == 0 ? 0 : warmUp))
      return Job(start: start, firstScored: first, end: bounds[lane + 1])
    }
    return score(model, tokens: tokens, jobs: jobs, threads: threads)
  }

  /// Windows of `window` predictions, each from a zero state; the last incomplete window is left out.
  /// - Returns: nil where the text is shorter than one window.
  public static func windows(
    _ model: CharacterModel, tokens: TokenSequence, window: Int, threads: Int
  ) -> Evaluation? {
    let jobs = windowJobs(tokens: tokens, window: window)
    return jobs.isEmpty ? nil : score(model, tokens: tokens, jobs: jobs, threads: threads)
  }

  /// The losses of the same windows, summed by place in the window: `[window]`, in nats.
  /// - Returns: nil where the text is shorter than one window.
  static func sumsByPosition(
    _ model: CharacterModel, tokens: TokenSequence, window: Int, threads: Int
  ) -> [Double]? {
    let jobs = windowJobs(tokens: tokens, window: window)
    guard !jobs.isEmpty else { return nil }
    let groups = groups(of: jobs, threads: threads)
    let sums = parallelMap(parts: groups.count, threads: threads) { part in
      var sums = [Double](repeating: 0, count: window)
      forEachLoss(model, tokens: tokens, jobs: groups[part]) { _, offset, loss in sums[offset] += loss }
      return sums
    }
    return sums.dropFirst().reduce(sums[0]) { total, more in zip(total, more).map(+) }
  }

  private static func windowJobs(tokens: TokenSequence, window: Int) -> [Job] {
    let count = window > 0 ? (tokens.count - 1) / window : 0
    return (0..<max(0, count)).map { Job(start: $0 * window, firstScored: $0 * window, end: ($0 + 1) * window) }
  }

  /// Inputs `start ..< end`, from a zero state; predictions from `firstScored` on count.
  private struct Job {
    let start: Int
    let firstScored: Int
    let end: Int
  }

  /// Most lanes that one thread advances together.
  private static let mostLanes = 32

  private static func score(
    _ model: CharacterModel, tokens: TokenSequence, jobs: [Job], threads: Int
  ) -> Evaluation {
    let groups = groups(of: jobs, threads: threads)
    let sums = parallelMap(parts: groups.count, threads: threads) { part in
      sumsOfLosses(model, tokens: tokens, jobs: groups[part])
    }
    let characters = jobs.reduce(0) { $0 + $1.end - $1.firstScored }
    // job by job, so that the grouping does not show in the last digits
    let total = sums.joined().reduce(0, +)
    return Evaluation(characters: characters, natsPerCharacter: total / Double(characters))
  }

  private static func groups(of jobs: [Job], threads: Int) -> [[Job]] {
    let size = max(1, min(mostLanes, (jobs.count + threads - 1) / max(1, threads)))
    return stride(from: 0, to: jobs.count, by: size).map { Array(jobs[$0..<min(jobs.count, $0 + size)]) }
  }

  private static func sumsOfLosses(_ model: CharacterModel, tokens: TokenSequence, jobs: [Job]) -> [Double] {
    var totals = [Double](repeating: 0, count: jobs.count)
    forEachLoss(model, tokens: tokens, jobs: jobs) { lane, _, loss in totals[lane] += loss }
    return totals
  }

  /// Reads jobs side by side.
  /// - Parameter body: told every loss that counts: which job, at which input of it, nats.
  private static func forEachLoss(
    _ model: CharacterModel, tokens: TokenSequence, jobs: [Job], _ body: (_ job: Int, _ offset: Int, Double) -> Void
  ) {
    let lanes = jobs.count
    var state = RecurrentState(zeros: model.configuration, lanes: lanes)
    var logits = Logits(vocabularySize: model.configuration.vocabularySize, lanes: lanes)
    var losses = AlignedFloats(zeros: lanes)
    var ids = [Int32](repeating: 0, count: lanes)
    var targets = ids
    for offset in 0..<(jobs.map { $0.end - $0.start }.max() ?? 0) {
      for (lane, job) in jobs.enumerated() {
        // a lane that is through repeats its last character; what it says is not counted
        let position = min(job.start + offset, job.end - 1)
        ids[lane] = tokens[position]
        targets[lane] = tokens[position + 1]
      }
      model.advance(ids, state: &state, logits: &logits)
      model.crossEntropy(&logits, targets: targets, losses: &losses)
      for (lane, job) in jobs.enumerated()
      where job.start + offset >= job.firstScored && job.start + offset < job.end {
        body(lane, offset, Double(losses[lane]))
      }
    }
  }
}

extension CharacterModel {
  /// losses[b] = -ln p(targets[b]) in nats; the logits become probabilities.
  func crossEntropy(_ logits: inout Logits, targets: [Int32], losses: inout AlignedFloats) {
    let region = logits.region
    logits.values.withMutableView { logits in
      losses.withMutableView { losses in
        kernels.replaceLogitsWithProbabilities(
          logits[region], rows: 0..<region.rows, targets: targets[...], losses: losses,
          lossRange: 0..<region.rows)
      }
    }
  }
}

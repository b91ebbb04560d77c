import Tensors

/// The loss of a model on a text.
///
///     let model = try Checkpoint(path: "poems.safetensors").model()
///     let corpus = try Corpus(CorpusText(paths: ["poems.txt"]), vocabulary: model.vocabulary)
///     let validation = corpus.split(validationFraction: 0.1).validation
///     if let evaluation = Evaluation.stateful(model, tokens: validation, threads: 2) {
///       print(evaluation.natsPerCharacter, evaluation.bitsPerCharacter)
///     }
public struct Evaluation: Sendable, Equatable {
  /// The number of predictions that were scored.
  public let characters: Int
  /// The mean of -ln p(character), the cross-entropy, in nats.
  public let natsPerCharacter: Double

  /// The loss in bits per character, `natsPerCharacter` / ln 2, which is the usual unit for comparisons.
  public var bitsPerCharacter: Double { natsPerCharacter / Double.log(2) }
  /// The perplexity, exp(`natsPerCharacter`): a choice among this number of equally likely characters would be as hard
  /// to predict.
  public var perplexity: Double { Double.exp(natsPerCharacter) }

  /// The number of characters that a lane reads before the first one it scores.
  public static let warmUp = 512

  /// Scores a text in one stateful pass: every character except the first is predicted from all characters before it.
  ///
  /// A long text is read in several lanes side by side. Each lane first reads `warmUp` characters before its own part,
  /// without scoring them. An LSTM's memory of text further back changes the loss too little to show in four digits.
  /// With `lanes: 1` the text is read from beginning to end in one piece.
  ///
  /// - Parameters:
  ///   - model: The model, which computes in its own precision.
  ///   - tokens: The text, at least 2 tokens.
  ///   - lanes: The number of lanes; nil to choose it by the length of the text.
  ///   - threads: The number of threads. The result does not depend on it.
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

  /// Scores windows of `window` predictions, each from a zero state. An incomplete last window is left out.
  /// - Returns: nil if the text is shorter than one window.
  public static func windows(
    _ model: CharacterModel, tokens: TokenSequence, window: Int, threads: Int
  ) -> Evaluation? {
    let jobs = windowJobs(tokens: tokens, window: window)
    return jobs.isEmpty ? nil : score(model, tokens: tokens, jobs: jobs, threads: threads)
  }

  /// The losses of the same windows, summed by position in the window: `[window]`, in nats.
  /// - Returns: nil if the text is shorter than one window.
  package static func sumsByPosition(
    _ model: CharacterModel, tokens: TokenSequence, window: Int, threads: Int
  ) -> [Double]? {
    let jobs = windowJobs(tokens: tokens, window: window)
    guard !jobs.isEmpty else { return nil }
    // groups of one size, so that the sums do not depend on the number of threads
    let groups = groups(of: jobs, threads: 1)
    let sums = parallelMap(parts: groups.count, threads: threads) { part in
      var sums = [Double](repeating: 0, count: window)
      forEachLoss(model, tokens: tokens, jobs: groups[part]) { _, offset, loss in sums[offset] += loss }
      return sums
    }
    return sums.dropFirst().reduce(sums[0]) { total, group in zip(total, group).map(+) }
  }

  private static func windowJobs(tokens: TokenSequence, window: Int) -> [Job] {
    let count = window > 0 ? (tokens.count - 1) / window : 0
    return (0..<max(0, count)).map { Job(start: $0 * window, firstScored: $0 * window, end: ($0 + 1) * window) }
  }

  /// The inputs `start ..< end`, read from a zero state. Only predictions from `firstScored` on count.
  private struct Job {
    let start: Int
    let firstScored: Int
    let end: Int
  }

  /// The maximum number of lanes that one thread advances together.
  private static let mostLanes = 32

  private static func score(
    _ model: CharacterModel, tokens: TokenSequence, jobs: [Job], threads: Int
  ) -> Evaluation {
    let groups = groups(of: jobs, threads: threads)
    let sums = parallelMap(parts: groups.count, threads: threads) { part in
      sumsOfLosses(model, tokens: tokens, jobs: groups[part])
    }
    let characters = jobs.reduce(0) { $0 + $1.end - $1.firstScored }
    // add the sums job by job, so that the grouping does not change the last digits
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
  /// - Parameter body: Is called for every loss that counts, with the index of the job, the offset of the input in the
  ///   job, and the loss in nats.
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
        // a finished lane repeats its last character; its losses are not counted
        let position = min(job.start + offset, job.end - 1)
        ids[lane] = tokens[position]
        targets[lane] = tokens[position + 1]
      }
      model.advance(ids, state: &state, logits: &logits)
      model.replaceLogitsWithProbabilities(&logits, targets: targets, losses: &losses)
      for (lane, job) in jobs.enumerated()
      where job.start + offset >= job.firstScored && job.start + offset < job.end {
        body(lane, offset, Double(losses[lane]))
      }
    }
  }
}

extension CharacterModel {
  /// Computes losses[b] = -ln p(targets[b]) in nats, and replaces the logits with the probabilities.
  func replaceLogitsWithProbabilities(_ logits: inout Logits, targets: [Int32], losses: inout AlignedFloats) {
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

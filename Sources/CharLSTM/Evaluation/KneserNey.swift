import Tensors

/// An n-gram model with interpolated modified Kneser-Ney smoothing (Chen & Goodman 1999).
///
/// It is the best of the models that only count, so it is a good baseline for a network. It needs some 40 bytes of
/// memory for each different n-gram of each length up to the order.
public struct KneserNey: Sendable {
  /// The length of the longest n-gram: the symbols of context plus one.
  public let order: Int
  /// The vocabulary size V. The probability that the shortest context leaves over is divided evenly, 1 / V for each
  /// symbol.
  public let vocabularySize: Int
  /// The contexts of 0, 1, … order - 1 symbols.
  private let levels: [ContextLevel]

  /// The highest order that is tried.
  public static let mostOrder = 10

  /// Counts a text for an `order` from 1 to 100. The result is the same for any number of threads.
  public init(tokens: TokenSequence, vocabularySize: Int, order: Int, threads: Int) {
    precondition(order >= 1 && order <= 100, "n-gram order \(order) is not in 1...100")
    self.order = order
    self.vocabularySize = vocabularySize
    let contexts = SortedContexts(
      (0..<tokens.count).map { tokens[$0] }, vocabularySize: vocabularySize, length: order - 1)
    levels = parallelMap(parts: order, threads: threads) { contexts.level($0) }
  }

  /// Counts a text, and chooses the order: the one that best predicts the last tenth of the text from the rest.
  public init(tokens: TokenSequence, vocabularySize: Int, threads: Int) {
    let boundary = tokens.count - tokens.count / 10
    let trial = KneserNey(
      tokens: tokens[0..<boundary], vocabularySize: vocabularySize, order: Self.mostOrder, threads: threads)
    let losses = trial.losses(tokens[boundary..<tokens.count], window: nil, threads: threads)
    let best = losses.indices.min { losses[$0] < losses[$1] } ?? 0
    self.init(tokens: tokens, vocabularySize: vocabularySize, order: best + 1, threads: threads)
  }

  /// The probabilities of `symbol` after `context`, from the models of all orders up to this one.
  /// - Parameter context: The preceding symbols, the last one last. At most `order` - 1 symbols are used.
  func probabilities(of symbol: Int32, after context: some RandomAccessCollection<Int32>, into result: inout [Double]) {
    var shorter = 1 / Double(vocabularySize)
    var node: Int? = levels[0].symbols.isEmpty ? nil : 0
    var rest = context[...]
    for (size, level) in levels.enumerated() {
      guard let known = node else {
        result[size] = shorter
        continue
      }
      // a model counts occurrences for its longest context, and continuations for its shorter ones
      result[size] = level.probability(of: symbol, after: known, continued: false, shorter: shorter)
      guard size + 1 < levels.count else { break }
      shorter = level.probability(of: symbol, after: known, continued: true, shorter: shorter)
      node = rest.popLast().flatMap { level.child(of: known, symbol: $0, in: levels[size + 1]) }
    }
  }

  /// Scores the same predictions as `Evaluation.stateful`, or with a window those of `Evaluation.windows`.
  /// - Returns: nil if there is nothing to predict.
  public func evaluate(_ tokens: TokenSequence, window: Int? = nil, threads: Int) -> Evaluation? {
    let predictions = Self.predictions(tokens, window: window)
    guard predictions > 0 else { return nil }
    return Evaluation(
      characters: predictions, natsPerCharacter: losses(tokens, window: window, threads: threads)[order - 1])
  }

  private static func predictions(_ tokens: TokenSequence, window: Int?) -> Int {
    let all = max(0, tokens.count - 1)
    return window.map { all / $0 * $0 } ?? all
  }

  /// The mean loss in nats per character, from the models of order 1, 2, … `order`.
  private func losses(_ tokens: TokenSequence, window: Int?, threads: Int) -> [Double] {
    let predictions = Self.predictions(tokens, window: window)
    guard predictions > 0 else { return [Double](repeating: .infinity, count: order) }
    let symbols = (0..<tokens.count).map { tokens[$0] }
    let block = 4096
    let sums = parallelMap(parts: (predictions + block - 1) / block, threads: threads) { part in
      var sums = [Double](repeating: 0, count: order)
      var probabilities = sums
      for index in part * block..<min(predictions, (part + 1) * block) {
        let start = window.map { index / $0 * $0 } ?? 0
        let context = symbols[max(start, index + 2 - order)..<index + 1]
        self.probabilities(of: symbols[index + 1], after: context, into: &probabilities)
        for size in 0..<order { sums[size] -= Double.log(probabilities[size]) }
      }
      return sums
    }
    return (0..<order).map { size in sums.reduce(0) { $0 + $1[size] } / Double(predictions) }
  }
}

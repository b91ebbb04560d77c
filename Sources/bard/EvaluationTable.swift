import CharLSTM

/// The results of an evaluation, next to those of an n-gram model.
struct EvaluationTable {
  static let windowSizes = [64, 256]

  let evaluation: Evaluation
  /// The window size, if the user asked for only one; nil to score statefully and with all window sizes.
  let window: Int?
  /// Nats per character by window size. Windows longer than the text are missing.
  var windows: [Int: Double] = [:]
  /// Nats per character with dynamic evaluation, in which the model continues to learn while it is scored.
  var dynamic: Double?
  var ngram: NGram?

  /// The loss of an n-gram model in nats per character.
  struct NGram {
    let order: Int
    let stateful: Double?
    let windows: [Int: Double]

    init(_ model: KneserNey, tokens: TokenSequence, threads: Int) {
      order = model.order
      stateful = model.evaluate(tokens, threads: threads)?.natsPerCharacter
      var windows: [Int: Double] = [:]
      for size in windowSizes {
        windows[size] = model.evaluate(tokens, window: size, threads: threads)?.natsPerCharacter
      }
      self.windows = windows
    }
  }

  init(_ evaluation: Evaluation, window: Int?) {
    self.evaluation = evaluation
    self.window = window
  }

  /// The results in words, one line each.
  var lines: [String] {
    let figures = [
      "\(fixed(evaluation.bitsPerCharacter, 4)) bits per character", "\(fixed(evaluation.perplexity, 3)) perplexity",
    ]
    if let window {
      return [
        "windows of \(grouped(window)) from a zero state",
        "\(fixed(evaluation.natsPerCharacter, 4)) nats per character",
      ] + figures
    }
    func row(_ name: String, _ cells: [String]) -> String {
      name.padded(to: 20) + cells.map { $0.padded(to: 16) }.joined()
    }
    func cells(_ stateful: Double?, _ windows: [Int: Double]) -> [String] {
      ([stateful] + Self.windowSizes.map { windows[$0] }).map { $0.map { fixed($0, 4) } ?? "-" }
    }
    var lines = [
      row("nats per character", ["stateful"] + Self.windowSizes.map { "windows of \($0)" }),
      row("network", cells(evaluation.natsPerCharacter, windows)),
    ]
    if let dynamic { lines.append(row("network, dynamic", cells(dynamic, [:]))) }
    if let ngram { lines.append(row("\(ngram.order)-gram", cells(ngram.stateful, ngram.windows))) }
    lines.append("stateful: " + figures.joined(separator: ", "))
    if let ngram, let counted = ngram.stateful {
      let gain = counted - evaluation.natsPerCharacter
      lines.append(
        gain > 0
          ? "the network is \(fixed(gain, 4)) nats per character better than the \(ngram.order)-gram"
          : "the network is \(fixed(-gain, 4)) nats per character worse than the \(ngram.order)-gram: train it longer")
    }
    return lines.map(\.withoutTrailingSpaces)
  }

  /// The JSON keys, which programs rely on.
  private struct Names: Codable {
    struct NGramNames: Codable {
      let order: Int
      let stateful: Double?
      let windows64: Double?
      let windows256: Double?
    }
    let characters: Int
    /// The window size of `natsPerCharacter`: null if the state is carried.
    let window: Int?
    let natsPerCharacter: Double
    let bitsPerCharacter: Double
    let perplexity: Double
    let windows64: Double?
    let windows256: Double?
    let dynamic: Double?
    let ngram: NGramNames?
  }

  /// One JSON object.
  var json: String {
    let names = Names(
      characters: evaluation.characters, window: window, natsPerCharacter: evaluation.natsPerCharacter,
      bitsPerCharacter: evaluation.bitsPerCharacter, perplexity: evaluation.perplexity, windows64: windows[64],
      windows256: windows[256], dynamic: dynamic,
      ngram: ngram.map {
        .init(order: $0.order, stateful: $0.stateful, windows64: $0.windows[64], windows256: $0.windows[256])
      })
    return JSON.text(names)
  }
}

import CharLSTM

/// How well a model predicts, by how many characters it has read since its state was zero: what a state is worth.
public struct LossByPosition: Sendable, Equatable {
  /// Mean nats per character of the prediction after 1, 2, .. W characters.
  public let natsPerCharacter: [Double]
  /// Windows that were averaged over.
  public let windows: Int

  /// Characters read, from and to, that are shown together: each range is four times as long as the one before.
  public static let ranges = [1...1, 2...4, 5...16, 17...64, 65...256]

  init(natsPerCharacter: [Double], windows: Int) {
    self.natsPerCharacter = natsPerCharacter
    self.windows = windows
  }

  /// Reads windows of `window` predictions side by side, each from a zero state; the last incomplete one is left out.
  /// - Returns: nil where the text is shorter than one window.
  public init?(_ model: CharacterModel, tokens: TokenSequence, window: Int, threads: Int) {
    guard
      let sums = Evaluation.sumsByPosition(model, tokens: tokens, window: window, threads: threads)
    else { return nil }
    windows = (tokens.count - 1) / window
    let count = Double(windows)
    natsPerCharacter = sums.map { $0 / count }
  }

  /// The mean over predictions after so many characters; nil where the windows are shorter.
  public func mean(_ range: ClosedRange<Int>) -> Double? {
    guard range.lowerBound >= 1, range.upperBound <= natsPerCharacter.count else { return nil }
    return natsPerCharacter[range.lowerBound - 1..<range.upperBound].reduce(0, +) / Double(range.count)
  }
}

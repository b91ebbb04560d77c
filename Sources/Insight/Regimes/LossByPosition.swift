import CharLSTM

/// The loss of a model by the number of characters that it has read since its state was zero. It shows how much a
/// longer state improves the predictions.
public struct LossByPosition: Sendable, Equatable {
  /// The mean loss in nats per character of the prediction after 1, 2, .. W characters.
  public let natsPerCharacter: [Double]
  /// The number of windows in the mean.
  public let windows: Int

  /// Ranges of the number of characters read, for tables. From the third on, each range is four times as long as the
  /// one before.
  public static let ranges = [1...1, 2...4, 5...16, 17...64, 65...256]

  init(natsPerCharacter: [Double], windows: Int) {
    self.natsPerCharacter = natsPerCharacter
    self.windows = windows
  }

  /// Reads windows of `window` predictions side by side, each from a zero state. The incomplete window at the end is
  /// left out.
  /// - Returns: nil if the text is shorter than one window.
  public init?(_ model: CharacterModel, tokens: TokenSequence, window: Int, threads: Int) {
    guard
      let sums = Evaluation.sumsByPosition(model, tokens: tokens, window: window, threads: threads)
    else { return nil }
    windows = (tokens.count - 1) / window
    let count = Double(windows)
    natsPerCharacter = sums.map { $0 / count }
  }

  /// The mean loss over predictions after this many characters; nil if the windows are shorter.
  public func mean(_ range: ClosedRange<Int>) -> Double? {
    guard range.lowerBound >= 1, range.upperBound <= natsPerCharacter.count else { return nil }
    return natsPerCharacter[range.lowerBound - 1..<range.upperBound].reduce(0, +) / Double(range.count)
  }
}

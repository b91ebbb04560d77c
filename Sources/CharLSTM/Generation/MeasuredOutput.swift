/// Joins the characters of a model to the characters that a reader sees, as `TextOutput` does, and adds their
/// surprisal.
public struct MeasuredOutput: Sendable {
  private var output = TextOutput(stop: [])
  private var queue = SurprisalQueue()

  /// Makes an empty output without stop strings.
  public init() {}

  /// Takes the next character of the model and returns the text that can be shown now.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the character, which may be only a part of a character that a reader sees.
  ///   - nats: The surprisal of the character; nil if it was not predicted.
  public mutating func take(_ bytes: [UInt8], nats: Double?) -> [MeasuredText] {
    queue.add(bytes: bytes.count, nats: nats)
    return queue.take(output.take(bytes))
  }

  /// Ends the text and returns the bytes that were still waiting for the rest of their character.
  public mutating func finish() -> [MeasuredText] { queue.take(output.finish()) }
}

/// Puts the characters of a model together to those that a reader sees, as `TextOutput` does, with their surprisal.
public struct MeasuredOutput: Sendable {
  private var output = TextOutput(stop: [])
  private var queue = SurprisalQueue()

  /// No text yet, and no stop strings.
  public init() {}

  /// Takes one more character of the model and returns what can be shown now.
  ///
  /// - Parameters:
  ///   - bytes: those of the character, which may be a part of what a reader sees.
  ///   - nats: its surprisal, nil where it was not predicted.
  public mutating func take(_ bytes: [UInt8], nats: Double?) -> [MeasuredText] {
    queue.add(bytes: bytes.count, nats: nats)
    return queue.take(output.take(bytes))
  }

  /// The text ends here: bytes that still wait for their character are shown.
  public mutating func finish() -> [MeasuredText] { queue.take(output.finish()) }
}

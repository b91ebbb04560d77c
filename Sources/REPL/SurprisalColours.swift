import CharLSTM

/// Surprise as the ground that characters stand on, in a terminal of 256 colours: from none over grey and yellow to red.
///
/// Letters on a ground are black, so that they are read whatever the terminal's own colours are.
public enum SurprisalColours {
  /// What the steps of `SurprisalScale` ask of the terminal.
  static let grounds = [nil, 248, 180, 220, 208, 196]

  /// Without what was asked for before, such as faint letters.
  private static func beginning(_ step: Int) -> String? { grounds[step].map { "\u{1B}[0;38;5;16;48;5;\($0)m" } }
  private static let end = "\u{1B}[0m"

  /// - Returns: the text as it is where its step has no ground.
  public static func coloured(_ text: String, step: Int) -> String {
    guard let beginning = beginning(step), !text.isEmpty else { return text }
    return beginning + text + end
  }

  /// Written text; between the colours are the same bytes.
  static func coloured(_ texts: [MeasuredText]) -> [UInt8] {
    texts.flatMap { text -> [UInt8] in
      // at a line's end a ground would go on to the end of the row
      guard text.bytes.last != 0x0A, let beginning = beginning(SurprisalScale.step(nats: text.nats)) else {
        return text.bytes
      }
      return Array(beginning.utf8) + text.bytes + Array(end.utf8)
    }
  }

  /// The steps in their colours, on one line.
  public static var legend: String {
    "bits: " + SurprisalScale.names.enumerated().map { coloured(" \($1) ", step: $0) }.joined(separator: " ")
  }
}

import CharLSTM

/// Surprisal as the background colour of characters, in a terminal of 256 colours: from no colour through grey and
/// yellow to red.
///
/// Letters on a background are black, so that they can be read whatever colours the terminal uses.
public enum SurprisalColours {
  /// The colour number of the background of each step of `SurprisalScale`.
  static let backgrounds = [nil, 248, 180, 220, 208, 196]

  /// Starts a background, and first resets earlier attributes, such as faint letters.
  private static func beginning(_ step: Int) -> String? { backgrounds[step].map { "\u{1B}[0;38;5;16;48;5;\($0)m" } }
  private static let end = "\u{1B}[0m"

  /// - Returns: the text, unchanged if its step has no background.
  public static func coloured(_ text: String, step: Int) -> String {
    guard let beginning = beginning(step), !text.isEmpty else { return text }
    return beginning + text + end
  }

  /// Generated text in colours. Apart from the colours the bytes are unchanged.
  static func coloured(_ texts: [MeasuredText]) -> [UInt8] {
    texts.flatMap { text -> [UInt8] in
      // a background at a line end would continue to the end of the row
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

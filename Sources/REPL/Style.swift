/// Colours for a terminal. They are off if the output is not a terminal that shows colours, or if the user asked for
/// none (no-color.org).
package struct Style: Sendable {
  package let isColoured: Bool

  package init(isTerminal: Bool, environment: [String: String]) {
    let noColour = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    isColoured = isTerminal && !noColour && environment["TERM"] != "dumb"
  }

  package func dim(_ text: String) -> String { set("2", text) }
  package func bold(_ text: String) -> String { set("1", text) }

  /// Text in one of six colours, which are distinct on light and on dark backgrounds. After the sixth, the colours begin
  /// again.
  package func series(_ index: Int, _ text: String) -> String { set("\([36, 33, 35, 32, 34, 31][index % 6])", text) }

  private func set(_ parameters: String, _ text: String) -> String {
    isColoured ? "\u{1B}[\(parameters)m\(text)\u{1B}[0m" : text
  }

  /// A coloured prompt. The markers tell readline which parts of it take no room on the screen.
  func prompt(_ text: String) -> String { isColoured ? "\u{01}\u{1B}[1;36m\u{02}\(text)\u{01}\u{1B}[0m\u{02}" : text }
}

/// Colours, where there is a terminal that shows them and nobody has asked for none (no-color.org).
package struct Style: Sendable {
  package let isColoured: Bool

  package init(isTerminal: Bool, environment: [String: String]) {
    let noColour = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    isColoured = isTerminal && !noColour && environment["TERM"] != "dumb"
  }

  package func dim(_ text: String) -> String { set("2", text) }
  package func bold(_ text: String) -> String { set("1", text) }

  /// One of six colours, by turns, that are told apart on light and on dark.
  package func series(_ index: Int, _ text: String) -> String { set("\([36, 33, 35, 32, 34, 31][index % 6])", text) }

  private func set(_ parameters: String, _ text: String) -> String {
    isColoured ? "\u{1B}[\(parameters)m\(text)\u{1B}[0m" : text
  }

  /// readline must be told which parts of a prompt take no room.
  func prompt(_ text: String) -> String { isColoured ? "\u{01}\u{1B}[1;36m\u{02}\(text)\u{01}\u{1B}[0m\u{02}" : text }
}

/// Colours, where there is a terminal that shows them and nobody has asked for none (no-color.org).
public struct Style {
  public let isColoured: Bool

  public init(isTerminal: Bool, environment: [String: String]) {
    let noColour = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    isColoured = isTerminal && !noColour && environment["TERM"] != "dumb"
  }

  func dim(_ text: String) -> String { isColoured ? "\u{1B}[2m\(text)\u{1B}[0m" : text }

  /// readline must be told which parts of a prompt take no room.
  func prompt(_ text: String) -> String { isColoured ? "\u{01}\u{1B}[1;36m\u{02}\(text)\u{01}\u{1B}[0m\u{02}" : text }
}

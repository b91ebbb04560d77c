/// A line of the conversation, after parsing.
enum Input: Equatable {
  /// A prompt for the model; empty text makes the model continue.
  case text(String)
  case command(Command, argument: String)
  /// A line that begins with a slash and names no command.
  case unknownCommand(String)

  init(_ line: String) {
    guard line.utf8.first == UInt8(ascii: "/") else {
      self = .text(line)
      return
    }
    if line.utf8.dropFirst().first == UInt8(ascii: "/") {
      self = .text(String(line.dropFirst()))
      return
    }
    let word = line.prefix { !$0.isWhitespace }
    let argument = line[word.endIndex...].drop { $0.isWhitespace }
    let trimmed = String(argument.reversed().drop { $0.isWhitespace }.reversed())
    if let command = Command(rawValue: String(word)) {
      self = .command(command, argument: trimmed)
    } else {
      self = .unknownCommand(String(word))
    }
  }
}

/// The commands of the conversation.
enum Command: String, CaseIterable {
  case help = "/help"
  case temperature = "/temperature"
  case length = "/length"
  case topK = "/top-k"
  case topP = "/top-p"
  case minP = "/min-p"
  case seed = "/seed"
  case stop = "/stop"
  case surprise = "/surprise"
  case again = "/again"
  case reset = "/reset"
  case undo = "/undo"
  case save = "/save"
  case load = "/load"
  case stats = "/stats"
  case quit = "/quit"

  /// The argument that follows the command's name.
  var argument: String {
    switch self {
    case .help, .again, .reset, .undo, .stats, .quit: ""
    case .temperature, .topP, .minP: "[NUMBER]"
    case .length, .topK: "[COUNT]"
    case .seed: "[SEED]"
    case .stop: "[STRING | off]"
    case .surprise: "[on | off]"
    case .save, .load: "FILE"
    }
  }

  var help: String {
    switch self {
    case .help: "show this"
    case .temperature: "how adventurous the writing is: 0 to about 1.5"
    case .length: "maximum length of an answer, in characters"
    case .topK: "choose among the k likeliest characters; 0 for all"
    case .topP: "use the likeliest with this total probability; 1 for all"
    case .minP: "minimum share of the top probability; 0 for all"
    case .seed: "restart the random numbers from this seed"
    case .stop: "stop before this string (\\n is a new line); off for none"
    case .surprise: "colour each character by how unlikely it was"
    case .again: "try again: replace the last answer with a new one"
    case .reset: "start over: forget everything so far"
    case .undo: "undo the last turn"
    case .save: "write the text so far to a file"
    case .load: "start over: read a file and continue from its end"
    case .stats: "show facts about the model and this conversation"
    case .quit: "leave (so does Ctrl-D)"
    }
  }

  /// The setting that the command shows and changes, as the beginning of a sentence.
  var subject: String {
    switch self {
    case .temperature, .length, .seed: "The \(name)"
    default: name.prefix(1).uppercased() + name.dropFirst()
    }
  }

  var takesFile: Bool { self == .save || self == .load }

  /// The words that may follow the command.
  var choices: [String] { self == .surprise ? ["on", "off"] : [] }

  static var helpText: String {
    let rows = allCases.map { command in
      "  " + (command.rawValue + " " + command.argument).padded(to: 22) + command.help
    }
    return """
      Type the beginning of a text, and the model continues it. Enter alone continues
      the text. The model remembers everything so far. Ctrl-C stops an answer.

      \(rows.joined(separator: "\n"))
        //TEXT                text that starts with a slash
      """
  }
}

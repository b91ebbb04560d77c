/// A line of the conversation, understood.
enum Input: Equatable {
  /// A prompt for the model; empty: go on.
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

  /// What follows the command's name.
  var argument: String {
    switch self {
    case .help, .again, .reset, .undo, .stats, .quit: ""
    case .temperature, .topP, .minP: "[NUMBER]"
    case .length, .topK, .seed: "[COUNT]"
    case .stop: "[TEXT | off]"
    case .surprise: "[on | off]"
    case .save, .load: "FILE"
    }
  }

  var help: String {
    switch self {
    case .help: "show this"
    case .temperature: "0 always takes the likeliest character; the higher, the wilder"
    case .length: "most characters of an answer"
    case .topK: "draw from the k likeliest characters only; 0: all"
    case .topP: "draw from the likeliest that together reach this probability; 1: all"
    case .minP: "draw from those at least this fraction as likely as the likeliest; 0: all"
    case .seed: "start the random numbers anew from this seed"
    case .stop: "end an answer before this text, which is then not read (\\n is a line end); off: nothing ends it"
    case .surprise: "colour what is written by its surprise: -log2 p before temperature and filters"
    case .again: "take the last answer back and write another"
    case .reset: "forget everything read and written"
    case .undo: "take the last turn back"
    case .save: "write the text so far to a file"
    case .load: "forget everything and read a file, so as to go on from its end"
    case .stats: "what the model is and what it has done"
    case .quit: "leave (so does Ctrl-D)"
    }
  }

  var takesFile: Bool { self == .save || self == .load }

  /// Words that may follow it.
  var words: [String] { self == .surprise ? ["on", "off"] : [] }

  static var helpText: String {
    let rows = allCases.map { command in
      "  " + (command.rawValue + " " + command.argument).padded(to: 22) + command.help
    }
    return """
      Any line is a prompt that the model goes on from; an empty line lets it go on by itself. What was read and
      written before is remembered. Ctrl-C ends an answer.

      \(rows.joined(separator: "\n"))
        //TEXT                a prompt that begins with a slash
      """
  }
}

extension String {
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

import CharLSTM

/// The commands that show or change the sampling settings.
extension Conversation {
  mutating func setSampling(_ command: Command, _ argument: String, _ display: Display) {
    var sampling = generator.sampling
    if argument.isEmpty {
      display.tell("\(command.name) is \(current(command))")
      return
    }
    switch command {
    case .topK:
      guard let value = Int(argument) else {
        display.tell("\(command.name) must be a whole number, 0 (for all) or more, not \(argument).")
        return
      }
      sampling.topK = value
    default:
      guard let value = Double(argument) else {
        display.tell("\(command.name) must be a number, not \(argument).")
        return
      }
      switch command {
      case .temperature: sampling.temperature = value
      case .topP: sampling.topP = value
      default: sampling.minP = value
      }
    }
    do {
      try sampling.validate()
      generator.sampling = sampling
      display.tell("\(command.name) is now \(current(command))")
    } catch {
      display.tell(error.message)
    }
  }

  private func current(_ command: Command) -> String {
    switch command {
    case .topK: "\(generator.sampling.topK)"
    case .topP: "\(generator.sampling.topP)"
    case .minP: "\(generator.sampling.minP)"
    default: "\(generator.sampling.temperature)"
    }
  }

  mutating func setLength(_ argument: String, _ display: Display) {
    if argument.isEmpty {
      display.tell("length is \(length)")
    } else if let value = Int(argument), (1...Self.mostLength).contains(value) {
      length = value
      display.tell("length is now \(length)")
    } else {
      display.tell("length must be a whole number from 1 to \(Self.mostLength), not \(argument).")
    }
  }

  static let mostLength = 10_000_000

  mutating func setSeed(_ argument: String, _ display: Display) {
    if argument.isEmpty {
      display.tell("seed is \(generator.seed)")
    } else if let value = UInt64(argument) {
      generator.reseed(value)
      seedings += 1
      display.tell("seed is now \(value)")
    } else {
      display.tell("seed must be a whole number from 0 to \(UInt64.max), not \(argument).")
    }
  }

  mutating func setStop(_ argument: String, _ display: Display) {
    switch argument {
    case "": break
    case "off": generator.sampling.stop = []
    default: generator.sampling.stop.append(argument.unescaped)
    }
    let stops = generator.sampling.stop.map(\.debugDescription).joined(separator: ", ")
    display.tell(stops.isEmpty ? "No stop texts: answers end at their length." : "Answers stop before \(stops).")
  }

  mutating func setSurprise(_ argument: String, _ display: Display) {
    switch (argument, display.colours) {
    case ("", _): display.tell("surprise is \(showsSurprise ? "on" : "off")")
    case ("on", .shown(let legend, _)):
      showsSurprise = true
      display.tell("surprise is on; \(legend)")
    case ("on", .off(let reason)): display.tell("Cannot show surprise: colours are off (\(reason)).")
    case ("off", _):
      showsSurprise = false
      display.tell("surprise is off")
    default: display.tell("surprise must be on or off, not \(argument).")
    }
  }
}

extension Command {
  /// The name of the command without its slash.
  var name: String { String(rawValue.dropFirst()) }
}

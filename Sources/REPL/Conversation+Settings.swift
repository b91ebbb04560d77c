import CharLSTM

/// The commands that show or change the sampling settings.
extension Conversation {
  mutating func setSampling(_ command: Command, _ argument: String, _ display: Display) {
    var sampling = generator.sampling
    if argument.isEmpty {
      display.tell("\(command.subject) is \(current(command)).")
      return
    }
    switch command {
    case .topK:
      guard let value = Int(argument) else {
        display.tell("\(command.subject) must be a whole number, 0 or more (0 means all), not \(argument).")
        return
      }
      sampling.topK = value
    default:
      guard let value = Double(argument) else {
        display.tell("\(command.subject) must be a number, not \(argument).")
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
      display.tell("\(command.subject) is now \(current(command)).")
    } catch {
      if case .outOfRange(let error) = error {
        display.tell(error.message(naming: command.subject))
      } else {
        display.tell(error.message)
      }
    }
  }

  private func current(_ command: Command) -> String {
    switch command {
    case .topK: grouped(generator.sampling.topK)
    case .topP: "\(generator.sampling.topP)"
    case .minP: "\(generator.sampling.minP)"
    default: "\(generator.sampling.temperature)"
    }
  }

  mutating func setLength(_ argument: String, _ display: Display) {
    if argument.isEmpty {
      display.tell("The length is \(grouped(length)).")
    } else if let value = Int(argument), (1...Self.mostLength).contains(value) {
      length = value
      display.tell("The length is now \(grouped(length)).")
    } else {
      display.tell("The length must be a whole number from 1 to \(grouped(Self.mostLength)), not \(argument).")
    }
  }

  static let mostLength = 10_000_000

  mutating func setSeed(_ argument: String, _ display: Display) {
    if argument.isEmpty {
      display.tell("The seed is \(generator.seed).")
    } else if let value = UInt64(argument) {
      generator.reseed(value)
      seedings += 1
      display.tell("The seed is now \(value).")
    } else {
      display.tell("The seed must be a whole number from 0 to \(grouped(UInt64.max)), not \(argument).")
    }
  }

  mutating func setStop(_ argument: String, _ display: Display) {
    switch argument {
    case "": break
    case "off": generator.sampling.stop = []
    default: generator.sampling.stop.append(argument.unescaped)
    }
    let stops = generator.sampling.stop.map(\.debugDescription).joined(separator: ", ")
    display.tell(
      stops.isEmpty ? "No stop strings. Answers end at their maximum length." : "Answers stop before \(stops).")
  }

  mutating func setSurprise(_ argument: String, _ display: Display) {
    switch (argument, display.colours) {
    case ("", _): display.tell("Surprise is \(showsSurprise ? "on" : "off").")
    case ("on", .shown(let legend, _)):
      showsSurprise = true
      display.tell("Surprise is on; \(legend)")
    case ("on", .off(let reason)): display.tell("Cannot show surprise: colours are off (\(reason)).")
    case ("off", _):
      showsSurprise = false
      display.tell("Surprise is off.")
    default: display.tell("Surprise must be on or off, not \(argument).")
    }
  }
}

extension Command {
  /// The name of the command without its slash.
  var name: String { String(rawValue.dropFirst()) }
}

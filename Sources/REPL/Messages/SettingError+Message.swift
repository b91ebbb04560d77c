import CharLSTM

extension SettingValue {
  /// The value as a user types it on the command line.
  package var text: String {
    switch self {
    case .whole(let value): "\(value)"
    case .number(let value): significant(value)
    case .seed(let value): "\(value)"
    case .flag(let value): value ? "on" : "off"
    case .choice(let name): name
    }
  }
}

extension SettingRange {
  /// The allowed values, as the end of a sentence after "must be".
  package var phrase: String {
    switch self {
    case .whole(let range):
      range.upperBound == Int.max
        ? "a whole number, \(grouped(range.lowerBound)) or more"
        : "a whole number from \(grouped(range.lowerBound)) to \(grouped(range.upperBound))"
    case .number(let bounds): bounds.phrase
    case .choice(let names):
      names.count > 1
        ? names.dropLast().joined(separator: ", ") + " or " + names[names.count - 1] : names.joined(separator: ", ")
    case .flag: "on or off"
    case .seed: "a whole number from 0 to \(grouped(UInt64.max))"
    }
  }
}

extension NumberBounds {
  fileprivate var phrase: String {
    let (lowest, highest) = (significant(lowest), significant(highest))
    switch (includesLowest, self.highest == .infinity) {
    case (true, true): return "\(lowest) or more"
    case (false, true): return "above \(lowest)"
    case (true, false):
      return includesHighest ? "from \(lowest) to \(highest)" : "at least \(lowest) and below \(highest)"
    case (false, false): return "above \(lowest) and \(includesHighest ? "at most" : "below") \(highest)"
    }
  }
}

extension SettingError {
  /// - Parameter name: the name by which the user knows the setting, such as an option.
  package func message(naming name: String) -> String { "\(name) must be \(phrase), not \(value.text)." }

  private var phrase: String {
    // this limit comes from another setting, which the user may want to change
    guard name == "weightDecay", case .number(let bounds) = allowed, bounds.highest < .infinity else {
      return allowed.phrase
    }
    let highest = bounds.highest < 10 ? bounds.highest : (10 * bounds.highest).rounded() / 10
    return "at least 0 and below 1 / learning rate (about \(significant(highest)) here)"
  }
}

extension SettingError: UserError {
  public var message: String { message(naming: name) }
}

extension SamplingParametersError: UserError {
  public var message: String {
    switch self {
    case .outOfRange(let error):
      error.message(naming: SamplingParameters.settings.first { $0.name == error.name }?.option ?? error.name)
    case .emptyStop: "A stop string must not be empty."
    }
  }
}

import ArgumentParser
import CharLSTM
import REPL

// An option is declared by its setting: `@Option(.training("lanes")) var lanes: Int?` takes name, help and default from the
// table. The property is called as the setting is, and that is how a value that was given finds its way.

/// What an option of the command line has of the setting that it sets.
struct SettingOption {
  let name: String
  let help: String
  /// The names it may be, for one that has names.
  let choices: [String]

  /// - Parameter prefix: what the options of a group begin with.
  private init<Configuration>(_ setting: Setting<Configuration>, over defaults: Configuration, prefix: String = "") {
    name = prefix + setting.option
    choices = if case .choice(let names) = setting.allowed { names } else { [] }
    help = setting.help + " (default: \(setting.isAutomatic ? "automatic" : setting.value(in: defaults).text))"
  }

  static func training(_ name: String) -> Self {
    Self(setting(name, in: TrainingConfiguration.settings), over: TrainingConfiguration())
  }

  static func model(_ name: String) -> Self {
    Self(setting(name, in: ModelConfiguration.settings), over: ModelConfiguration(vocabularySize: 1))
  }

  static func sampling(_ name: String) -> Self {
    Self(setting(name, in: SamplingParameters.settings), over: SamplingParameters())
  }

  static func dynamic(_ name: String) -> Self {
    Self(
      setting(name, in: DynamicEvaluationConfiguration.settings), over: DynamicEvaluationConfiguration(),
      prefix: "dynamic-")
  }

  private static func setting<Configuration>(
    _ name: String, in settings: [Setting<Configuration>]
  ) -> Setting<Configuration> {
    guard let setting = settings.first(where: { $0.name == name }) else { preconditionFailure("no setting \(name)") }
    return setting
  }
}

extension Option {
  init<T: ExpressibleByArgument>(_ setting: SettingOption) where Value == T? {
    self.init(name: .customLong(setting.name), help: ArgumentHelp(stringLiteral: setting.help))
  }

  init<T>(_ setting: SettingOption, transform: @escaping @Sendable (String) throws -> T) where Value == T? {
    self.init(
      name: .customLong(setting.name), help: ArgumentHelp(stringLiteral: setting.help),
      completion: .list(setting.choices), transform: transform)
  }
}

extension Flag where Value == Bool? {
  init(_ setting: SettingOption) {
    self.init(
      name: .customLong(setting.name), inversion: .prefixedNo, help: ArgumentHelp(stringLiteral: setting.help))
  }
}

// MARK: Values that were given

/// Options that set settings.
protocol SettingOptions {}

extension SettingOptions {
  /// What was given, by the names of the settings, which are those of the properties.
  var given: [String: SettingValue] {
    var given: [String: SettingValue] = [:]
    for child in Mirror(reflecting: self).children {
      // the storage of a wrapped property is called _name
      guard let label = child.label, let option = child.value as? any GivenSetting else { continue }
      given[String(label.drop { $0 == "_" })] = option.given
    }
    return given
  }

  /// A configuration with what was given put over it.
  func put<Configuration>(over base: Configuration, _ settings: [Setting<Configuration>]) -> Configuration {
    var configuration = base
    let given = given
    for setting in settings {
      if let value = given[setting.name] { setting.set(value, in: &configuration) }
    }
    return configuration
  }
}

private protocol GivenSetting { var given: SettingValue? { get } }
private protocol OptionalSetting { var settingValue: SettingValue? { get } }

extension Optional: OptionalSetting where Wrapped: SettingRepresentable {
  fileprivate var settingValue: SettingValue? { map(\.settingValue) }
}
extension Option: GivenSetting where Value: OptionalSetting {
  fileprivate var given: SettingValue? { wrappedValue.settingValue }
}
extension Flag: GivenSetting where Value: OptionalSetting {
  fileprivate var given: SettingValue? { wrappedValue.settingValue }
}

extension TrainingObjective: ExpressibleByArgument {}
extension TrainingPrecision: ExpressibleByArgument {}
extension LearningRateSchedule: ExpressibleByArgument {}
extension OptimizerConfiguration.Rule: ExpressibleByArgument {}

extension StateHandling {
  /// - Throws: `ValidationError`, also for what cannot go together, with the reason.
  init(argument: String) throws {
    let parts = argument.split { ",+ ".contains($0) }.map(String.init)
    if parts.contains(Self.carry.rawValue) && parts.contains(Self.shuffle.rawValue) {
      throw ValidationError(
        "The state cannot be carried over shuffled windows: a lane would continue one place in the text with what it remembers"
          + " of another. Choose carry (in order) or shuffle (from a zero state).")
    }
    guard let known = Self(rawValue: argument) else {
      throw ValidationError("--state must be \(SettingRange.cases(of: Self.self).phrase), not \(argument).")
    }
    self = known
  }
}

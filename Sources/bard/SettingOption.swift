import ArgumentParser
import CharLSTM
import REPL

// A setting declares its option: `@Option(.training("lanes")) var lanes: Int?` takes name, help and default from the
// table of settings. The property must have the name of the setting, because `given` finds the value by that name.

/// The name, the help and the choices of a command-line option, from the setting that it sets.
struct SettingOption {
  let name: String
  let help: String
  /// The possible values if the setting is a choice between names; otherwise empty.
  let choices: [String]

  /// - Parameter prefix: the prefix of the option names of a group.
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
  /// The values that were given, by the names of the settings. Settings and properties have the same names.
  var given: [String: SettingValue] {
    var given: [String: SettingValue] = [:]
    for child in Mirror(reflecting: self).children {
      // a property wrapper stores its value in a property with an underscore before the name
      guard let label = child.label, let option = child.value as? any GivenSetting else { continue }
      given[String(label.drop { $0 == "_" })] = option.given
    }
    return given
  }

  /// A configuration, overridden by the values that were given.
  func put<Configuration>(over base: Configuration, _ settings: [Setting<Configuration>]) -> Configuration {
    var configuration = base
    let given = given
    for setting in settings {
      if let value = given[setting.name] { setting.set(value, in: &configuration) }
    }
    return configuration
  }

  /// The options that a resumed run cannot change and whose values differ from those of the run.
  func conflicts<Configuration>(_ settings: [Setting<Configuration>], with run: Configuration) -> [String] {
    let given = given
    return settings.compactMap { setting in
      let before = setting.value(in: run)
      guard let value = given[setting.name], value != before, !setting.mayChangeOnResume else { return nil }
      return "--\(setting.option) \(value.text) (the run has \(before.text))"
    }
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
  /// - Throws: `ValidationError`. For an impossible combination, the error gives the reason.
  init(argument: String) throws {
    let parts = argument.split { ",+ ".contains($0) }.map(String.init)
    if parts.contains(Self.carry.rawValue) && parts.contains(Self.shuffle.rawValue) {
      throw ValidationError(
        "The state cannot be carried over shuffled windows: a lane would read one place in the text while it still"
          + " remembers another. Choose carry (in order) or shuffle (from a zero state).")
    }
    guard let known = Self(rawValue: argument) else {
      throw ValidationError("--state must be \(SettingRange.cases(of: Self.self).phrase), not \(argument).")
    }
    self = known
  }
}

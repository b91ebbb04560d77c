/// One setting of a configuration, declared once: its names, its range and its meaning.
///
/// Each configuration has a table of its settings, such as `TrainingConfiguration.settings`. The tables serve
/// everything that goes through settings: checking values, reading the files of earlier versions, the options of the
/// command line, the rows of `bard inspect`, and the comparison of a resumed run with its beginning.
public struct Setting<Configuration: Sendable>: Sendable {
  /// The name of the property in Swift and in JSON, such as timeSteps.
  public let name: String
  /// The name on the command line and in tables, without leading dashes, such as time-steps.
  public private(set) var option: String
  /// The values that it may have.
  public let allowed: SettingRange
  /// One sentence that explains it.
  public let help: String
  /// The group in which tables show it.
  public private(set) var group = SettingGroup.general
  /// Whether the command line chooses a value by itself if none is given, instead of the default.
  public private(set) var isAutomatic = false
  /// Whether a resumed run may change it.
  public private(set) var mayChangeOnResume = false

  private let read: @Sendable (Configuration) -> SettingValue
  private let write: @Sendable (inout Configuration, SettingValue) -> Void
  private var decode: @Sendable (KeyedDecodingContainer<SettingKey>, inout Configuration) throws -> Void

  /// Makes the setting of the property at `path`.
  init<Value: SettingRepresentable>(
    _ name: String, _ path: WritableKeyPath<Configuration, Value> & Sendable, _ allowed: SettingRange, help: String
  ) {
    self.name = name
    self.allowed = allowed
    self.help = help
    option = name.map { $0.isUppercase ? "-\($0.lowercased())" : String($0) }.joined()
    read = { $0[keyPath: path].settingValue }
    write = { configuration, value in
      if let value = Value(settingValue: value) { configuration[keyPath: path] = value }
    }
    decode = Self.decoder(name, path)
  }

  private static func decoder<Value: Decodable & Sendable>(
    _ name: String, _ path: WritableKeyPath<Configuration, Value> & Sendable
  ) -> @Sendable (KeyedDecodingContainer<SettingKey>, inout Configuration) throws -> Void {
    { container, configuration in
      if let value = try container.decodeIfPresent(Value.self, forKey: SettingKey(name)) {
        configuration[keyPath: path] = value
      }
    }
  }

  /// The setting's value in `configuration`.
  public func value(in configuration: Configuration) -> SettingValue { read(configuration) }

  /// Sets the value. A value of another kind changes nothing.
  public func set(_ value: SettingValue, in configuration: inout Configuration) { write(&configuration, value) }

  /// - Throws: `SettingError` if the configuration's value is not allowed.
  package func check(_ configuration: Configuration) throws(SettingError) {
    let value = read(configuration)
    if !allowed.contains(value) { throw SettingError(name: name, value: value, allowed: allowed) }
  }

  /// Reads the value from a file. If the file does not have it, the configuration does not change.
  func decode(from container: KeyedDecodingContainer<SettingKey>, into configuration: inout Configuration) throws {
    try decode(container, &configuration)
  }
}

// MARK: Declaring settings

extension Setting {
  /// Gives the setting another name on the command line.
  func called(_ option: String) -> Self {
    var setting = self
    setting.option = option
    return setting
  }

  func grouped(_ group: SettingGroup) -> Self {
    var setting = self
    setting.group = group
    return setting
  }

  /// Lets the command line choose a value if none is given.
  func automatic() -> Self {
    var setting = self
    setting.isAutomatic = true
    return setting
  }

  func changeableOnResume() -> Self {
    var setting = self
    setting.mayChangeOnResume = true
    return setting
  }

  /// Reads the whole value at `path` from a file, because files store it in one piece. This setting is a part of it.
  func stored<Value: Decodable & Sendable>(at path: WritableKeyPath<Configuration, Value> & Sendable) -> Self {
    var setting = self
    setting.decode = Self.decoder(name, path)
    return setting
  }

  /// Sets the value for a file without this setting. Such a file was written before the setting existed.
  func valueIfMissing<Value: SettingRepresentable>(_ value: Value) -> Self {
    var setting = self
    let (decode, write, key) = (decode, write, SettingKey(name))
    setting.decode = { container, configuration in
      if container.contains(key) {
        try decode(container, &configuration)
      } else {
        write(&configuration, value.settingValue)
      }
    }
    return setting
  }
}

/// A group of settings.
public enum SettingGroup: Sendable {
  /// Sizes, data, and all settings that belong to no other group.
  case general
  /// Settings that turn gradients into updates.
  case optimization
  /// Settings that keep a network from learning its text by heart; 0 or false turns one off.
  case regularization
}

/// The value of a setting, whatever its type.
public enum SettingValue: Sendable, Equatable {
  /// A whole number.
  case whole(Int)
  /// A real number.
  case number(Double)
  /// A seed.
  case seed(UInt64)
  /// On or off.
  case flag(Bool)
  /// One of several names.
  case choice(String)
}

/// The values that a setting may have.
public enum SettingRange: Sendable, Equatable {
  /// A whole number. An upper bound of `Int.max` means no limit.
  case whole(ClosedRange<Int>)
  /// A finite number within bounds.
  case number(NumberBounds)
  /// One of these names.
  case choice([String])
  /// On or off.
  case flag
  /// Any whole number of 64 bits.
  case seed

  /// Numbers from `lowest` to `highest`, both included.
  static func from(_ lowest: Double, to highest: Double = .infinity) -> Self {
    .number(NumberBounds(lowest: lowest, highest: highest))
  }

  /// Numbers from `lowest`, which is included, to `limit`, which is not.
  static func from(_ lowest: Double, below limit: Double) -> Self {
    .number(NumberBounds(lowest: lowest, highest: limit, includesHighest: false))
  }

  /// Numbers above `limit`, up to `highest`, which is included.
  static func above(_ limit: Double, to highest: Double = .infinity) -> Self {
    .number(NumberBounds(lowest: limit, highest: highest, includesLowest: false))
  }

  /// The names of all cases of an enumeration.
  package static func cases<Value: RawRepresentable<String> & CaseIterable>(of type: Value.Type) -> Self {
    .choice(type.allCases.map(\.rawValue))
  }

  /// Whether `value` is allowed.
  public func contains(_ value: SettingValue) -> Bool {
    switch (self, value) {
    case (.whole(let range), .whole(let value)): range.contains(value)
    case (.number(let bounds), .number(let value)): bounds.contains(value)
    case (.choice(let names), .choice(let name)): names.contains(name)
    case (.flag, .flag), (.seed, .seed): true
    default: false
    }
  }
}

/// The bounds of a range of numbers.
public struct NumberBounds: Sendable, Equatable {
  /// The lower bound.
  public let lowest: Double
  /// The upper bound; infinity for none.
  public let highest: Double
  /// Whether the lower bound itself is allowed.
  public var includesLowest = true
  /// Whether the upper bound itself is allowed. Infinity never is.
  public var includesHighest = true

  func contains(_ value: Double) -> Bool {
    value.isFinite && (includesLowest ? value >= lowest : value > lowest)
      && (includesHighest ? value <= highest : value < highest)
  }
}

/// The error of a setting that is out of its range.
public struct SettingError: Error, Sendable, Equatable {
  /// The name of the property in Swift and in JSON.
  public let name: String
  /// The value that is not allowed.
  public let value: SettingValue
  /// The values that are allowed.
  public let allowed: SettingRange
}

/// The key of a setting in a file.
struct SettingKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

// MARK: Types of settings

/// A type that settings can have.
package protocol SettingRepresentable: Decodable, Sendable {
  /// nil for a value of another kind, or for an unknown name.
  init?(settingValue: SettingValue)
  var settingValue: SettingValue { get }
}

extension Int: SettingRepresentable {
  package init?(settingValue: SettingValue) {
    guard case .whole(let value) = settingValue else { return nil }
    self = value
  }
  package var settingValue: SettingValue { .whole(self) }
}

extension Double: SettingRepresentable {
  package init?(settingValue: SettingValue) {
    guard case .number(let value) = settingValue else { return nil }
    self = value
  }
  package var settingValue: SettingValue { .number(self) }
}

extension UInt64: SettingRepresentable {
  package init?(settingValue: SettingValue) {
    guard case .seed(let value) = settingValue else { return nil }
    self = value
  }
  package var settingValue: SettingValue { .seed(self) }
}

extension Bool: SettingRepresentable {
  package init?(settingValue: SettingValue) {
    guard case .flag(let value) = settingValue else { return nil }
    self = value
  }
  package var settingValue: SettingValue { .flag(self) }
}

extension SettingRepresentable where Self: RawRepresentable<String> {
  package init?(settingValue: SettingValue) {
    guard case .choice(let name) = settingValue else { return nil }
    self.init(rawValue: name)
  }
  package var settingValue: SettingValue { .choice(rawValue) }
}

/// One setting of a configuration, declared once: its names, what it may be, and what it does.
///
/// The table of all settings (`TrainingConfiguration.settings` and its siblings) is what checks values, reads files of earlier
/// versions, makes the options of the command line and the rows of `bard inspect`, and compares a resumed run with its
/// beginning.
public struct Setting<Configuration: Sendable>: Sendable {
  /// The property, as it is called in Swift and in JSON: timeSteps.
  public let name: String
  /// What it is called on the command line and in tables, without dashes before it: time-steps.
  public private(set) var option: String
  /// What it may be.
  public let allowed: SettingRange
  /// What it does, in a sentence.
  public let help: String
  /// What kind of setting it is, for tables.
  public private(set) var group = SettingGroup.general
  /// Whether a program chooses it where it is not given, instead of taking the default.
  public private(set) var isAutomatic = false
  /// Whether a run that is resumed may have another value than it began with.
  public private(set) var mayChangeOnResume = false

  private let read: @Sendable (Configuration) -> SettingValue
  private let write: @Sendable (inout Configuration, SettingValue) -> Void
  private var decode: @Sendable (KeyedDecodingContainer<SettingKey>, inout Configuration) throws -> Void

  /// A setting that stands in `path`.
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

  /// The value that a configuration has.
  public func value(in configuration: Configuration) -> SettingValue { read(configuration) }

  /// Sets the value; one of another kind changes nothing.
  public func set(_ value: SettingValue, in configuration: inout Configuration) { write(&configuration, value) }

  /// - Throws: `SettingError` where the configuration's value is none that is allowed.
  package func check(_ configuration: Configuration) throws(SettingError) {
    let value = read(configuration)
    if !allowed.contains(value) { throw SettingError(name: name, value: value, allowed: allowed) }
  }

  /// Reads the value from a file; one that the file does not have stays as it is.
  func decode(from container: KeyedDecodingContainer<SettingKey>, into configuration: inout Configuration) throws {
    try decode(container, &configuration)
  }
}

// MARK: Declaring settings

extension Setting {
  /// The same setting under another name on the command line.
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

  /// Chosen by a program where it is not given.
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

  /// Files hold the whole value at `path`, of which this setting is a part.
  func stored<Value: Decodable & Sendable>(at path: WritableKeyPath<Configuration, Value> & Sendable) -> Self {
    var setting = self
    setting.decode = Self.decoder(name, path)
    return setting
  }

  /// Files that do not name it are from before there was any, and mean `value`.
  func absent<Value: SettingRepresentable>(means value: Value) -> Self {
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

/// What kind of setting one is.
public enum SettingGroup: Sendable {
  /// Sizes, data, and whatever belongs to no other group.
  case general
  /// What makes updates of gradients.
  case optimization
  /// What keeps a network from learning its text by heart; 0 or false is none of it.
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

/// What a setting may be.
public enum SettingRange: Sendable, Equatable {
  /// A whole number; up to `Int.max` stands for no limit.
  case whole(ClosedRange<Int>)
  /// A finite number within bounds.
  case number(NumberBounds)
  /// One of these names.
  case choice([String])
  /// On or off.
  case flag
  /// Any whole number of 64 bits.
  case seed

  /// Numbers from `lowest`, itself included, to `highest`, itself included; without it there is no limit.
  static func from(_ lowest: Double, to highest: Double = .infinity) -> Self {
    .number(NumberBounds(lowest: lowest, highest: highest))
  }

  /// Numbers from `lowest`, itself included, to below `limit`.
  static func from(_ lowest: Double, below limit: Double) -> Self {
    .number(NumberBounds(lowest: lowest, highest: limit, includesHighest: false))
  }

  /// Numbers above `limit`, up to `highest`, itself included; without it there is no limit.
  static func above(_ limit: Double, to highest: Double = .infinity) -> Self {
    .number(NumberBounds(lowest: limit, highest: highest, includesLowest: false))
  }

  /// Every case of an enumeration.
  package static func cases<Value: RawRepresentable<String> & CaseIterable>(of type: Value.Type) -> Self {
    .choice(type.allCases.map(\.rawValue))
  }

  /// Whether a value is one of these.
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

/// Where numbers begin and end.
public struct NumberBounds: Sendable, Equatable {
  /// The lower bound.
  public let lowest: Double
  /// The upper bound; infinite where there is none.
  public let highest: Double
  /// Whether the lower bound is allowed itself.
  public var includesLowest = true
  /// Whether the upper bound is allowed itself; an infinite one is not.
  public var includesHighest = true

  func contains(_ value: Double) -> Bool {
    value.isFinite && (includesLowest ? value >= lowest : value > lowest)
      && (includesHighest ? value <= highest : value < highest)
  }
}

/// A setting that is out of its range.
public struct SettingError: Error, Sendable, Equatable {
  /// The property, as it is called in Swift and in JSON.
  public let name: String
  /// What it is.
  public let value: SettingValue
  /// What it may be.
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
  /// nil for a value of another kind, or a name that is not known.
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

import Testing

@testable import CharLSTM

@Suite struct SettingTests {
  private func setting(_ name: String) throws -> Setting<TrainingConfiguration> {
    try #require(TrainingConfiguration.settings.first { $0.name == name })
  }

  @Test func readsAndWritesAnyKind() throws {
    var configuration = TrainingConfiguration()
    let kinds: [(String, SettingValue)] = [
      ("lanes", .whole(7)), ("dropout", .number(0.4)), ("isDropoutLocked", .flag(!configuration.isDropoutLocked)),
      ("objective", .choice("last")), ("seed", .seed(.max)),
    ]
    for (name, value) in kinds {
      let setting = try setting(name)
      #expect(setting.value(in: configuration) != value)
      setting.set(value, in: &configuration)
      #expect(setting.value(in: configuration) == value)
      // one of another kind, or a name that is unknown, changes nothing
      setting.set(.choice("unheard of"), in: &configuration)
      #expect(setting.value(in: configuration) == value)
    }
    #expect(configuration.lanes == 7 && configuration.objective == .last && configuration.seed == .max)
  }

  @Test func theErrorCarriesWhatIsWrong() throws {
    var configuration = TrainingConfiguration()
    let dropout = try setting("dropout")
    try dropout.check(configuration)
    configuration.dropout = 1
    #expect(throws: SettingError(name: "dropout", value: .number(1), allowed: dropout.allowed)) {
      try dropout.check(configuration)
    }
  }

  @Test func ranges() {
    #expect(SettingRange.from(0, below: 1).contains(.number(0)) && !SettingRange.from(0, below: 1).contains(.number(1)))
    #expect(SettingRange.from(0, to: 1).contains(.number(1)) && !SettingRange.from(0).contains(.number(.infinity)))
    #expect(!SettingRange.above(0).contains(.number(0)) && !SettingRange.above(0).contains(.number(.nan)))
    #expect(SettingRange.whole(1...3).contains(.whole(3)) && !SettingRange.whole(1...3).contains(.number(2)))
    let names = SettingRange.cases(of: TrainingObjective.self)
    #expect(names == .choice(["every", "last"]) && names.contains(.choice("last")) && !names.contains(.choice("Last")))
  }

  @Test func eachOptionIsNamedOnceAfterItsProperty() throws {
    let options = TrainingConfiguration.settings.map(\.option)
    #expect(Set(options).count == options.count)
    #expect(try setting("timeSteps").option == "time-steps")
    #expect(try setting("isDropoutLocked").option == "locked-dropout")
    #expect(TrainingConfiguration.settings.allSatisfy { !$0.help.isEmpty && $0.help.hasSuffix(".") })
  }
}

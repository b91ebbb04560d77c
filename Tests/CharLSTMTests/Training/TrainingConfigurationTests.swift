import Foundation
import Testing

@testable import CharLSTM

@Suite struct TrainingConfigurationTests {
  @Test func settingsOutOfRangeAreNamed() {
    func check(_ change: (inout TrainingConfiguration) -> Void) -> SettingError? {
      var configuration = TrainingConfiguration()
      change(&configuration)
      do { try configuration.validate() } catch { return error }
      return nil
    }
    #expect(check { _ in } == nil)
    #expect(check { $0.lanes = 0 } == SettingError(name: "lanes", value: .whole(0), allowed: .whole(1...65536)))
    #expect(
      check { $0.timeSteps = 70000 }
        == SettingError(name: "timeSteps", value: .whole(70000), allowed: .whole(1...65536)))
    #expect(check { $0.dropout = 1 } == SettingError(name: "dropout", value: .number(1), allowed: .from(0, below: 1)))
    #expect(check { $0.learningRate = 0 } == SettingError(name: "learningRate", value: .number(0), allowed: .above(0)))
    #expect(check { $0.clipNorm = -1 } == SettingError(name: "clipNorm", value: .number(-1), allowed: .from(0)))
    #expect(check { $0.validationFraction = 1 }?.name == "validationFraction")
    #expect(check { $0.patience = -1 }?.name == "patience")
    #expect(check { $0.budget = .minutes(0) }?.name == "minutes")
    #expect(check { $0.budget = .steps(0) }?.name == "steps")
    #expect(check { $0.weightDropout = 1 }?.name == "weightDropout")
    #expect(check { $0.inputNoise = -0.1 }?.name == "inputNoise")
    #expect(check { $0.resetProbability = 1.5 }?.name == "resetProbability")
    #expect(check { $0.averageDecay = 1 }?.name == "averageDecay")
    #expect(check { $0.weightDecay = 1 / $0.learningRate }?.name == "weightDecay")
    #expect(check { $0.learningRate = .nan }?.name == "learningRate")
  }

  @Test func budgetsAreShared() {
    #expect(TrainingBudget.steps(400).share(step: 100, minibatchesPerEpoch: 10, seconds: 1e9) == 0.25)
    #expect(TrainingBudget.epochs(4).share(step: 10, minibatchesPerEpoch: 10, seconds: 0) == 0.25)
    #expect(TrainingBudget.minutes(2).share(step: 1, minibatchesPerEpoch: 1, seconds: 30) == 0.25)
    #expect(TrainingBudget.steps(4).share(step: 5, minibatchesPerEpoch: 1, seconds: 0) == 1)
  }

  @Test func aFileFromBeforeLanesWereResetAndWeightsDecayedSaysSo() throws {
    let old = try JSONDecoder().decode(TrainingConfiguration.self, from: Data(#"{"lanes":7}"#.utf8))
    #expect(old.lanes == 7)
    #expect(old.resetProbability == 0)
    #expect(old.weightDecay == 0)
    #expect(old.timeSteps == TrainingConfiguration().timeSteps)
  }

  @Test func settingsSurviveJSON() throws {
    var configuration = TrainingConfiguration()
    configuration.budget = .minutes(2.5)
    configuration.optimizer = OptimizerConfiguration(rule: .rmsprop)
    configuration.seed = .max
    configuration.patience = 0
    configuration.objective = .last
    configuration.stateHandling = .shuffle
    configuration.isDropoutLocked = true
    configuration.weightDropout = 0.25
    configuration.inputNoise = 0.01
    configuration.resetProbability = 0.02
    configuration.weightDecay = 0.03
    configuration.averageDecay = 0.99
    let text = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(TrainingConfiguration.self, from: text) == configuration)
  }
}

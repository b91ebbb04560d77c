import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct TrainingHistoryCodableTests {
  private func history() -> TrainingHistory {
    var history = TrainingHistory(steps: 1...777)
    history.add(TrainingHistory.Validation(step: 300, epoch: 1.5, seconds: 0.1 + 0.2, loss: 1.0 / 3))
    history.add(TrainingHistory.Sample(step: 500, seconds: 7, text: "\"<&\u{0}\n𝄞"))
    return history
  }

  @Test func comesBackAsItWas() throws {
    for history in [TrainingHistory(), history()] {
      let text = JSON.text(history)
      #expect(try JSONDecoder().decode(TrainingHistory.self, from: Data(text.utf8)) == history)
    }
  }

  @Test(arguments: [1, 499, 500, 501, 777, 1000, 1001]) func goingOnFromWhatWasStoredEqualsNotStopping(stop: Int) throws
  {
    let stored = Data(JSON.text(TrainingHistory(steps: 1...stop)).utf8)
    var resumed = try JSONDecoder().decode(TrainingHistory.self, from: stored)
    resumed.addSteps(stop + 1...2500)
    #expect(resumed == TrainingHistory(steps: 1...2500))
  }

  @Test func columnsNotObjects() {
    let history = TrainingHistory(steps: 1...3)
    #expect(
      JSON.text(history) == """
        {"epoch":0.0234375,"intervalLength":1,"intervals":{"characters":[64,64,64],"gradientNorm":[1,1,1],\
        "highestGradientNorm":[1,1,1],"lastStep":[1,2,3],"learningRate":[0.5,0.5,0.5],"loss":[1,2,3],\
        "minibatchSeconds":[0.25,0.25,0.25],"seconds":[2,4,6],"steps":[1,1,1]},"samples":[],"validations":[]}
        """)
  }

  @Test(arguments: [
    (#""lastStep":[1,2,3]"#, #""lastStep":[1,2]"#, "columns of different lengths"),
    (#""loss":[1,2,3]"#, #""loss":[1,2,3,4]"#, "columns of different lengths"),
    (#""lastStep":[1,2,3]"#, #""lastStep":[2,1,3]"#, "step 1"),
    (#""lastStep":[1,2,3]"#, #""lastStep":[1,2,9223372036854775807]"#, "step 9223372036854775807"),
    (#""steps":[1,1,1]"#, #""steps":[1,0,1]"#, "step 2"),
    (#""steps":[1,1,1]"#, #""steps":[1,2,1]"#, "step 2"),
    (#""intervalLength":1"#, #""intervalLength":0"#, "intervals of 0 steps"),
    (#""loss":[1,2,3]"#, #""loss":[1,1e300,3]"#, "a number that no run has"),
    (#""epoch":0.0234375"#, #""epoch":-1"#, "a number that no run has"),
    (#""samples":[]"#, #""samples":[{"step":4,"seconds":1,"text":""}]"#, "a step that was never done"),
    (
      #""validations":[]"#,
      #""validations":[{"step":2,"seconds":1,"epoch":1,"loss":1},{"step":1,"seconds":1,"epoch":1,"loss":1}]"#,
      "steps that are not in order"
    ),
  ])
  func whatNoRunHasIsRefused(part: String, damaged: String, fault: String) throws {
    let text = JSON.text(TrainingHistory(steps: 1...3))
    #expect(text.contains(part))
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(
        TrainingHistory.self, from: Data(text.replacingOccurrences(of: part, with: damaged).utf8))
    }
    #expect(error.map { JSONError($0).reason } == fault)
  }

  @Test func moreThanAHistoryHasIsRefused() throws {
    var history = TrainingHistory(steps: 1...500)
    let interval = history.intervals[0]
    history.intervals = (1...501).map {
      var copy = interval
      copy.lastStep = $0
      return copy
    }
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(TrainingHistory.self, from: Data(JSON.text(history).utf8))
    }
    #expect(error.map { JSONError($0).reason } == "more entries than a history has")
  }
}

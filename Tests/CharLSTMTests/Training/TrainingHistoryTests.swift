import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct TrainingHistoryTests {
  @Test func fewStepsStayWhatTheyAre() {
    let history = TrainingHistory(steps: 1...500)
    #expect(history.intervals.map(\.lastStep) == Array(1...500))
    #expect(history.intervals.allSatisfy { $0.steps == 1 && $0.loss == Double($0.lastStep) })
    #expect(history.intervals[6].highestGradientNorm == 100 && history.intervals[7].highestGradientNorm == 1)
    #expect(history.step == 500)
    #expect(history.seconds == 1000)
    #expect(history.epoch == 3.90625)
    #expect(history.charactersPerSecond == 256)
  }

  @Test(arguments: [501, 1000, 1001, 1234, 7777, 64_001]) func manyAreMeansOfIntervals(count: Int) {
    let history = TrainingHistory(steps: 1...count)
    let intervals = history.intervals
    #expect((250...500).contains(intervals.count))
    // the shortest power of two that is enough
    #expect(500 * history.intervalLength >= count && 250 * history.intervalLength < count)
    var step = 0
    for interval in intervals {
      #expect(interval.lastStep - interval.steps == step)
      #expect(interval.steps == history.intervalLength || interval.lastStep == count)
      let steps = step + 1...interval.lastStep
      #expect(interval.loss == Double(steps.lowerBound + steps.upperBound) / 2)
      #expect(interval.learningRate == 0.5)
      #expect(interval.seconds == 2 * Double(interval.lastStep))
      #expect(interval.charactersPerSecond == 256)
      let norms = steps.map { $0 % 7 == 0 ? 100.0 : 1 }
      #expect(interval.highestGradientNorm == norms.max())
      #expect(abs(interval.gradientNorm - norms.reduce(0, +) / Double(norms.count)) < 1e-12)
      step = interval.lastStep
    }
    #expect(step == count)
    #expect(intervals.reduce(0) { $0 + $1.lossSum } == Double(count * (count + 1) / 2))
  }

  @Test func theTrainingLossIsOfTheLastSteps() {
    #expect(TrainingHistory().trainingLoss() == nil)
    #expect(TrainingHistory(steps: 1...3).trainingLoss() == 2)
    #expect(TrainingHistory(steps: 1...200).trainingLoss() == 150.5)
    // intervals of 32 and one of 1 at the end: as many as it takes for 100
    let history = TrainingHistory(steps: 1...8001)
    #expect(history.intervalLength == 32)
    #expect(history.trainingLoss() == Double(7873 + 8001) / 2)
  }

  @Test func aRunWhoseBeginningIsNotKnown() {
    #expect(TrainingHistory(steps: 1...9).stepsBefore == 0)
    #expect(TrainingHistory(steps: 41...3000).stepsBefore == 40)
    #expect(TrainingHistory().step == 0 && TrainingHistory().stepsBefore == 0)
    #expect(TrainingHistory().charactersPerSecond == nil)
  }

  @Test func validationsKeepFirstBestAndLast() {
    var history = TrainingHistory()
    for step in 1...2000 {
      // lowest at 777
      history.add(
        TrainingHistory.Validation(
          step: step, epoch: 0, seconds: 0, loss: 1 + abs(Double(step) - 777) / 1000))
      if step <= 500 { #expect(history.validations.count == step) }
    }
    let steps = history.validations.map(\.step)
    #expect(steps.count == TrainingHistory.mostValidations)
    #expect(steps == steps.sorted())
    #expect(steps.first == 1 && steps.last == 2000 && steps.contains(777))
    #expect(history.bestValidation?.step == 777)
    // 4 on the average
    let gaps = zip(steps, steps.dropFirst()).map { $1 - $0 }
    #expect((gaps.max() ?? 0) <= 8)
  }

  @Test func theFirstOfTwoEqualValidationsIsTheBest() {
    var history = TrainingHistory()
    for step in [3, 5, 8] {
      history.add(TrainingHistory.Validation(step: step, epoch: 0, seconds: 0, loss: step == 3 ? 2 : 1))
    }
    #expect(history.bestValidation?.step == 5)
  }

  @Test func samplesLieEvenlyOverTheRun() {
    var history = TrainingHistory()
    for step in stride(from: 500, through: 100_000, by: 500) {
      history.add(TrainingHistory.Sample(step: step, seconds: 0, text: "at \(step)"))
    }
    let steps = history.samples.map(\.step)
    #expect(steps.count == TrainingHistory.mostSamples)
    #expect(steps == steps.sorted())
    #expect(steps.first == 500 && steps.last == 100_000)
    #expect(history.samples.allSatisfy { $0.text == "at \($0.step)" })
    let gaps = zip(steps, steps.dropFirst()).map { $1 - $0 }
    // 5,237 on the average
    #expect((gaps.max() ?? 0) <= 10_500)
  }
}

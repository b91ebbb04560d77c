import Testing

@testable import CharLSTM

@Suite struct TrainingHistoryLogTests {
  private func line(_ step: Int, loss: Double = 1, validationLoss: Double? = nil, speed: Double = 1000)
    -> TrainingLogLine
  {
    TrainingLogLine(
      step: step, epoch: Double(step) / 100, seconds: Double(step) / 2, trainingLoss: loss,
      validationLoss: validationLoss, learningRate: 0.006, gradientNorm: Double(step), charactersPerSecond: speed)
  }

  @Test func aLineIsAnInterval() {
    let history = TrainingHistory(log: [line(10, loss: 3), line(20, loss: 2), line(23, loss: 1, validationLoss: 1.5)])
    #expect(history.intervals.map(\.lastStep) == [10, 20, 23])
    #expect(history.intervals.map(\.steps) == [10, 10, 3])
    #expect(history.intervals.map(\.loss) == [3, 2, 1])
    #expect(history.intervals.map(\.gradientNorm) == [10, 20, 23])
    #expect(history.intervals.map(\.seconds) == [5, 10, 11.5])
    #expect(history.validations == [.init(step: 23, epoch: 0.23, seconds: 11.5, loss: 1.5)])
    #expect(history.epoch == 0.23)
    // by steps: (30 + 20 + 3) / 23
    #expect(history.trainingLoss() == 53.0 / 23)
  }

  @Test func theSpeedIsThatOfAllSteps() throws {
    // 10 steps at 1000 and 20 at 4000: by the time they take, 30 / (10 / 1000 + 20 / 4000)
    let history = TrainingHistory(log: [line(10), line(20, speed: 4000), line(30, speed: 4000)])
    #expect(abs(try #require(history.charactersPerSecond) - 2000) < 1e-9)
    #expect(TrainingHistory(log: [line(10, speed: 0)]).charactersPerSecond == nil)
  }

  @Test func whatAKilledRunDidInVainIsLeftOut() {
    // killed at 40, it went on from the checkpoint of step 15
    let lines = [
      line(10), line(20, validationLoss: 1), line(30), line(40, loss: 9), line(20, loss: 5, validationLoss: 2),
      line(30, loss: 6),
    ]
    let history = TrainingHistory(log: lines)
    #expect(history.intervals.map(\.lastStep) == [10, 20, 30])
    #expect(history.intervals.map(\.loss) == [1, 5, 6])
    #expect(history.validations.map(\.loss) == [2])
  }

  @Test func aLogThatBeginsLater() {
    // a line is of ten steps at most, whatever was before
    let history = TrainingHistory(log: [line(510), line(520)])
    #expect(history.intervals.map(\.steps) == [10, 10])
    #expect(history.stepsBefore == 500)
  }

  @Test func aLongLogIsThinned() {
    let history = TrainingHistory(log: (1...3000).map { line(10 * $0, loss: Double($0)) })
    #expect(history.intervals.count <= TrainingHistory.mostIntervals)
    #expect(history.intervals.reduce(0) { $0 + $1.steps } == 30_000)
    #expect(history.intervals.reduce(0) { $0 + $1.lossSum } == Double(10 * 3000 * 3001 / 2))
    #expect(history.step == 30_000)
  }
}

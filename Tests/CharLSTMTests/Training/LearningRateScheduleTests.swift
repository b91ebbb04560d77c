import Testing

@testable import CharLSTM

@Suite struct LearningRateScheduleTests {
  @Test func warmUpRisesToThePeak() {
    let rates = (0..<5).map { LearningRateSchedule.constant.rate(peak: 0.4, step: $0, warmupSteps: 4, progress: 0) }
    #expect(rates == [0.1, 0.2, 0.30000000000000004, 0.4, 0.4])
    #expect(LearningRateSchedule.constant.rate(peak: 0.4, step: 0, warmupSteps: 0, progress: 0.9) == 0.4)
  }

  @Test func cosineFallsToAHundredth() {
    func rate(_ progress: Double) -> Double {
      LearningRateSchedule.cosine.rate(peak: 1, step: 100, warmupSteps: 10, progress: progress)
    }
    #expect(rate(0) == 1)
    #expect(abs(rate(0.5) - 0.505) < 1e-12)
    #expect(abs(rate(1) - 0.01) < 1e-12)
    #expect(rate(2) == rate(1))
    #expect(rate(0.25) > 0.8 && rate(0.25) < 0.9)
  }
}

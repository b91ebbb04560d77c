import Foundation
import Testing

@testable import CharLSTM

@Suite struct SurprisalScaleTests {
  @Test func stepsBeginAtTheirBounds() {
    func step(_ bits: Double) -> Int { SurprisalScale.step(nats: bits * log(2)) }
    #expect(
      [0, 0.5, 0.99, 1.01, 1.99, 2.01, 3.9, 4.1, 5.9, 6.1, 8.9, 9.1, 500].map(step) == [
        0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5,
      ])
    #expect(SurprisalScale.step(nats: nil) == 0)
    #expect(SurprisalScale.step(nats: .infinity) == 5)
  }

  @Test func namesSayWhatTheStepsHold() {
    #expect(SurprisalScale.names == ["under 1", "1 to 2", "2 to 4", "4 to 6", "6 to 9", "9 or more"])
    #expect(abs(bits(log(8)) - 3) < 1e-12)
  }
}

import Tensors
import Testing

@testable import CharLSTM

@Suite struct WeightAverageTests {
  @Test func earlyUpdatesAreAveragedOverFewer() {
    var parameters = AlignedFloats(zeros: 20_000)
    var average = WeightAverage(decay: 0.5, of: parameters)
    var expected = 0.0
    for (update, value) in [8.0, 4, 2, 6, 1, 3, 7, 5, 9, 11, 2, 4].enumerated() {
      for index in 0..<parameters.count { parameters[index] = Float(value) }
      average.add(parameters, updates: update + 1, processor: Processor(threads: 2))
      let decay = min(0.5, Double(update + 1) / Double(update + 10))
      expected = decay * expected + (1 - decay) * value
    }
    for index in [0, 16_383, 16_384, 19_999] { #expect(abs(Double(average.values[index]) - expected) < 1e-5) }
  }

  @Test func withoutDecayThereIsNone() {
    let average = WeightAverage(decay: 0, of: AlignedFloats(zeros: 64))
    #expect(!average.isActive)
    #expect(average.values.count == 0)
  }
}

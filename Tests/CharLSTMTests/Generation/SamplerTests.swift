import Foundation
import Tensors
import Testing

@testable import CharLSTM

@Suite struct SamplerTests {
  /// Probabilities 0.5, 0.25, 0.15, 0.1 as logits.
  private let logits: [Float] = [0.5, 0.25, 0.15, 0.1].map { Float(log($0)) }

  private func distribution(_ parameters: SamplingParameters, excluding: Int32? = nil) -> [Double] {
    var sampler = Sampler(parameters, vocabularySize: 4, excluding: excluding)
    return sampler.distribution(logits)
  }

  private func expect(
    _ found: [Double], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-6, sourceLocation: sourceLocation) }
  }

  @Test func temperatureIsAPower() {
    expect(distribution(SamplingParameters(temperature: 1)), [0.5, 0.25, 0.15, 0.1])
    // squares 0.25, 0.0625, 0.0225, 0.01 of a sum of 0.345
    expect(
      distribution(SamplingParameters(temperature: 0.5)), [0.25 / 0.345, 0.0625 / 0.345, 0.0225 / 0.345, 0.01 / 0.345])
    expect(distribution(SamplingParameters(temperature: 0)), [1, 0, 0, 0])
  }

  @Test func whereThereIsNothingElseTheExcludedOneIsDrawn() {
    for temperature in [0, 0.8] {
      var sampler = Sampler(SamplingParameters(temperature: temperature), vocabularySize: 1, excluding: 0)
      var generator = SeededGenerator(seed: 1)
      #expect(sampler.draw([0.5], using: &generator) == 0)
    }
  }

  @Test func topKKeepsTheLikeliest() {
    expect(distribution(SamplingParameters(temperature: 1, topK: 2)), [0.5 / 0.75, 0.25 / 0.75, 0, 0])
    expect(distribution(SamplingParameters(temperature: 1, topK: 1)), [1, 0, 0, 0])
    expect(distribution(SamplingParameters(temperature: 1, topK: 9)), [0.5, 0.25, 0.15, 0.1])
  }

  @Test func topPKeepsTheNucleus() {
    // the character that crosses the line is in
    expect(distribution(SamplingParameters(temperature: 1, topP: 0.6)), [0.5 / 0.75, 0.25 / 0.75, 0, 0])
    expect(distribution(SamplingParameters(temperature: 1, topP: 0.8)), [0.5 / 0.9, 0.25 / 0.9, 0.15 / 0.9, 0])
    expect(distribution(SamplingParameters(temperature: 1, topP: 0.01)), [1, 0, 0, 0])
  }

  /// 300 characters in 20 groups of equal logits, so that most filters end within a group.
  @Test(arguments: [1, 2, 15, 16, 77, 299]) func filtersKeepTheFirstOfTheSortedCharacters(count: Int) {
    let logits = (0..<300).map { Float($0 * 7 % 20) / 4 }
    let order = (0..<300).sorted { logits[$0] > logits[$1] || (logits[$0] == logits[$1] && $0 < $1) }
    let weights = logits.map { exp(Double($0) - 4.75) }
    let kept = Set(order.prefix(count))
    var sampler = Sampler(SamplingParameters(temperature: 1, topK: count), vocabularySize: 300)
    #expect(Set(sampler.distribution(logits).indices.filter { sampler.distribution(logits)[$0] > 0 }) == kept)
    // the nucleus of a probability between that of count - 1 characters and that of count
    let reached = order.prefix(count).reduce(0) { $0 + weights[$1] } - weights[order[count - 1]] / 2
    sampler.parameters = SamplingParameters(temperature: 1, topP: reached / weights.reduce(0, +))
    #expect(Set(sampler.distribution(logits).indices.filter { sampler.distribution(logits)[$0] > 0 }) == kept)
  }

  @Test func minPIsAFractionOfTheLikeliest() {
    // 0.26 of 0.5 is 0.13
    expect(distribution(SamplingParameters(temperature: 1, minP: 0.26)), [0.5 / 0.9, 0.25 / 0.9, 0.15 / 0.9, 0])
    expect(distribution(SamplingParameters(temperature: 1, minP: 1)), [1, 0, 0, 0])
  }

  @Test func filtersActOneAfterTheOther() {
    // top-k leaves 0.5, 0.25, 0.15 of 0.9; top-p 0.8 of that: 0.556, 0.278 reach 0.833
    expect(distribution(SamplingParameters(temperature: 1, topK: 3, topP: 0.8)), [0.5 / 0.75, 0.25 / 0.75, 0, 0])
    // min-p then 0.6 of 0.667 is 0.4
    expect(distribution(SamplingParameters(temperature: 1, topK: 3, topP: 0.8, minP: 0.6)), [1, 0, 0, 0])
  }

  @Test func theUnknownSymbolIsNeverDrawn() {
    expect(
      distribution(SamplingParameters(temperature: 1), excluding: 0), [0, 0.5, 0.3, 0.2])
    expect(distribution(SamplingParameters(temperature: 0), excluding: 0), [0, 1, 0, 0])
  }

  @Test func drawsFollowTheDistribution() {
    var sampler = Sampler(SamplingParameters(temperature: 1, topK: 3), vocabularySize: 4)
    var generator = SeededGenerator(seed: 1)
    var counts = [0, 0, 0, 0]
    for _ in 0..<9000 { counts[Int(sampler.draw(logits, using: &generator))] += 1 }
    // 5000, 2500 and 1500 expected; five standard deviations are 236, 212 and 177
    #expect(abs(counts[0] - 5000) < 236)
    #expect(abs(counts[1] - 2500) < 212)
    #expect(abs(counts[2] - 1500) < 177)
    #expect(counts[3] == 0)
  }

  @Test func tiesAndExtremes() {
    var sampler = Sampler(SamplingParameters(temperature: 0), vocabularySize: 3)
    var generator = SeededGenerator(seed: 1)
    let untouched = generator
    #expect(sampler.draw([1, 2, 2], using: &generator) == 1)
    #expect(generator == untouched)
    sampler.parameters = SamplingParameters(temperature: 0.001)
    for _ in 0..<100 { #expect(sampler.draw([-100, 300, 299], using: &generator) == 1) }
    sampler.parameters = SamplingParameters(temperature: 100)
    let drawn = Set((0..<200).map { _ in sampler.draw([-100, 100, 99], using: &generator) })
    #expect(drawn == [0, 1, 2])
  }
}

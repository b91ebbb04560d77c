import Tensors
import Testing

@testable import CharLSTM

@Suite struct OptimizerTests {
  /// What a weight of 1 is after each of three updates, at a rate of 0.1, by the gradients 2, -1 and 3.
  private func weights(_ configuration: OptimizerConfiguration, gradientScale: Double = 1) -> [Float] {
    var optimizer = Optimizer(configuration, count: 16)
    var parameters = AlignedFloats(zeros: 16)
    parameters[5] = 1
    return [Float(2), -1, 3].map { gradient in
      var gradients = AlignedFloats(zeros: 16)
      gradients[5] = gradient
      optimizer.update(
        &parameters, gradients: gradients, rate: 0.1, gradientScale: gradientScale, processor: Processor(threads: 1))
      #expect(parameters.floats(in: 0..<5) == [0, 0, 0, 0, 0])
      return parameters[5]
    }
  }

  private func expectNear(_ found: [Float], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    for (a, b) in zip(found, expected) {
      #expect(abs(Double(a) - b) < 1e-6, "\(found), not \(expected)", sourceLocation: sourceLocation)
    }
  }

  @Test func adamCorrectsItsMoments() {
    var configuration = OptimizerConfiguration(rule: .adam)
    configuration.beta1 = 0.75
    configuration.beta2 = 0.75
    // m = 0.5, 0.125, 0.84375; v = 1, 1, 3; both over 1 - 0.75^t, which is 0.25, 0.4375, 0.578125.
    // Without the correction the first weight would be 0.95.
    expectNear(weights(configuration), [0.9, 0.881_101_776, 0.817_033_612])
    // Adam knows the directions of gradients, not their size
    expectNear(weights(configuration, gradientScale: 0.125), [0.9, 0.881_101_776, 0.817_033_612])
  }

  @Test func adamsDefaultsGiveAFirstStepOfTheRate() {
    expectNear(Array(weights(OptimizerConfiguration(rule: .adam))[..<1]), [0.9])
  }

  @Test func momentumAddsUp() {
    // halved gradients 1, -0.5, 1.5; velocities 1, 0.4, 1.86
    expectNear(weights(OptimizerConfiguration(rule: .sgd), gradientScale: 0.5), [0.9, 0.86, 0.674])
    var plain = OptimizerConfiguration(rule: .sgd)
    plain.beta1 = 0
    expectNear(weights(plain), [0.8, 0.9, 0.6])
  }

  @Test func rmspropDividesByTheRoot() {
    var configuration = OptimizerConfiguration(rule: .rmsprop)
    configuration.beta2 = 0.75
    // an epsilon that is seen: it is added to the root, not under it
    configuration.epsilon = 1
    // v = 1, 1, 3: steps of 0.2 / 2, -0.1 / 2 and 0.3 / (√3 + 1)
    expectNear(weights(configuration), [0.9, 0.95, 0.840_192_379])
  }

  @Test func onlyTheMomentsOfTheRuleAreKept() {
    let counts = OptimizerConfiguration.Rule.allCases.map { rule in
      let optimizer = Optimizer(OptimizerConfiguration(rule: rule), count: 32)
      return [optimizer.first.count, optimizer.second.count]
    }
    #expect(counts == [[32, 32], [32, 0], [0, 32]])
  }

  @Test(arguments: OptimizerConfiguration.Rule.allCases)
  func everyBlockIsUpdatedOnce(rule: OptimizerConfiguration.Rule) {
    // three blocks of work, the last of 16
    let count = 2 * 16384 + 16
    func updated(threads: Int) -> [Float] {
      var optimizer = Optimizer(OptimizerConfiguration(rule: rule), count: count)
      var parameters = AlignedFloats(zeros: count)
      var gradients = AlignedFloats(zeros: count)
      gradients.replace(from: 0, with: [Float](repeating: 1, count: count))
      for _ in 0..<3 {
        optimizer.update(
          &parameters, gradients: gradients, rate: 0.1, gradientScale: 1, processor: Processor(threads: threads))
      }
      #expect(optimizer.updates == 3)
      return parameters.floats(in: 0..<count)
    }
    let alone = updated(threads: 1)
    #expect(alone[0] < -0.1)
    #expect(Set(alone).count == 1)
    #expect(updated(threads: 3) == alone)
  }

  @Test func theNormIsEuclidean() {
    var gradients = AlignedFloats(zeros: 40_000)
    var optimizer = Optimizer(OptimizerConfiguration(), count: 0)
    #expect(optimizer.norm(of: gradients, processor: Processor(threads: 2)) == 0)
    gradients[3] = 3
    gradients[39_999] = -4
    #expect(optimizer.norm(of: gradients, processor: Processor(threads: 2)) == 5)
    gradients.replace(from: 0, with: [Float](repeating: 0.5, count: 40_000))
    #expect(optimizer.norm(of: gradients, processor: Processor(threads: 1)) == 100)
  }

  @Test func theNormIsTheSameForAnyNumberOfThreads() {
    var gradients = AlignedFloats(zeros: 100_000)
    var optimizer = Optimizer(OptimizerConfiguration(), count: 0)
    gradients.replace(from: 0, with: (0..<100_000).map { 1 / Float($0 % 977 + 3) })
    let norms = [1, 2, 3, 8].map { optimizer.norm(of: gradients, processor: Processor(threads: $0)) }
    #expect(Set(norms).count == 1)
    #expect(norms[0] > 1)
  }
}

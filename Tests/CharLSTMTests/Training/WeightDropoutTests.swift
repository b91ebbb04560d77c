import Tensors
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct WeightDropoutTests {
  private let configuration = ModelConfiguration(vocabularySize: 9, embeddingSize: 5, hiddenSize: 40, layers: 2)

  private func dropped(_ parameters: Parameters, rate: Float = 0.5, step: Int = 3, threads: Int = 1) -> Parameters {
    var result = Parameters(zeros: parameters.layout)
    WeightDropout(rate: rate, seed: 7, layout: parameters.layout).drop(
      parameters.values, into: &result.values, step: step, processor: Processor(threads: threads))
    return result
  }

  @Test func onlyRecurrentWeightsAreDropped() {
    let parameters = testParameters(configuration)
    let dropped = dropped(parameters)
    for tensor in NamedTensor.all(of: configuration) {
      guard case .recurrentWeights = tensor.kind else {
        #expect(dropped[tensor] == parameters[tensor], "\(tensor.name)")
        continue
      }
      var zeros = 0
      for (before, after) in zip(parameters[tensor], dropped[tensor]) {
        if after == 0 { zeros += 1 } else { #expect(after == 2 * before) }
      }
      // five standard deviations of 6,400 draws
      #expect(abs(zeros - 3200) < 200)
    }
  }

  @Test func masksDifferByStepAndLayerAndNotByThreads() {
    var parameters = testParameters(configuration)
    for index in 0..<parameters.values.count { parameters.values[index] = 1 }
    let first = dropped(parameters)
    #expect(dropped(parameters, threads: 3) == first)
    #expect(dropped(parameters, step: 4) != first)
    let layers = NamedTensor.all(of: configuration).filter {
      if case .recurrentWeights = $0.kind { true } else { false }
    }
    #expect(first[layers[0]] != first[layers[1]])
  }

  @Test func gradientsHaveTheSameMask() {
    var ones = testParameters(configuration)
    for index in 0..<ones.values.count { ones.values[index] = 1 }
    let expected = dropped(ones)
    var gradients = ones.values
    WeightDropout(rate: 0.5, seed: 7, layout: ones.layout).drop(
      gradients: &gradients, step: 3, processor: Processor(threads: 2))
    #expect(gradients == expected.values)
  }
}

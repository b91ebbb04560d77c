import Tensors
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct SamplingWeightsTests {
  private func weights(_ precision: SamplingPrecision) -> (SamplingWeights, Parameters) {
    let parameters = testParameters(
      ModelConfiguration(vocabularySize: 30, embeddingSize: 8, hiddenSize: 40, layers: 2))
    return (SamplingWeights(parameters: parameters, precision: precision, kernels: Kernels()), parameters)
  }

  @Test func float32ReadsTheParametersThemselves() {
    let (weights, _) = weights(.float32)
    #expect(weights.layers.isEmpty)
    #expect(weights.decoder == nil)
    #expect(weights.values.count == 30 * 4 * 48)
  }

  @Test(arguments: [SamplingPrecision.bfloat16, .int8])
  func narrowerNumbersHaveFewerRows(precision: SamplingPrecision) {
    let (weights, parameters) = weights(precision)
    #expect(weights.layers.count == 2)
    #expect(weights.layers[0].input == nil)
    let recurrent = parameters.layout.layers[1].recurrentWeights
    let matrix = weights.layers[1].recurrent
    #expect(matrix.weights.paddedColumns == recurrent.paddedColumns)
    // rows of pairs are padded to 16, those of four are not
    #expect(matrix.weights.rows == (precision == .int8 ? 48 / 4 : 32))
    #expect((matrix.scales == nil) == (precision == .bfloat16))
    #expect(weights.decoder?.weights.columns == 30)
  }
}

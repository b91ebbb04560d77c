import Testing

@testable import CharLSTM

@Suite struct NamedTensorTests {
  @Test func namesAndShapesArePyTorchs() {
    let tensors = NamedTensor.all(
      of: ModelConfiguration(vocabularySize: 5, embeddingSize: 3, hiddenSize: 4, layers: 2))
    #expect(
      tensors.map { "\($0.name) \($0.shape)" } == [
        "embedding.weight [5, 3]", "lstm.weight_ih_l0 [16, 3]", "lstm.weight_hh_l0 [16, 4]", "lstm.bias_ih_l0 [16]",
        "lstm.bias_hh_l0 [16]", "lstm.weight_ih_l1 [16, 4]", "lstm.weight_hh_l1 [16, 4]", "lstm.bias_ih_l1 [16]",
        "lstm.bias_hh_l1 [16]", "decoder.weight [5, 4]", "decoder.bias [5]",
      ])
  }

  @Test func oneHotInputHasNoEmbedding() {
    let tensors = NamedTensor.all(
      of: ModelConfiguration(vocabularySize: 5, embeddingSize: 0, hiddenSize: 4, layers: 1))
    #expect(tensors[0].name == "lstm.weight_ih_l0")
    #expect(tensors[0].shape == [16, 5])
  }

  @Test(arguments: [(5, 3, 4, 2), (70, 0, 17, 1), (3, 65, 100, 1)])
  func everyElementHasItsOwnPlace(v: Int, d: Int, h: Int, layers: Int) {
    let configuration = ModelConfiguration(vocabularySize: v, embeddingSize: d, hiddenSize: h, layers: layers)
    let layout = ParameterLayout(configuration)
    var seen = Set<Int>()
    var count = 0
    for tensor in NamedTensor.all(of: configuration) where tensor.isTrained {
      tensor.forEachRun(in: layout) { first, stride, length in
        for k in 0..<length { seen.insert(first + k * stride) }
        count += length
      }
    }
    #expect(count == configuration.parameterCount)
    #expect(seen.count == count)
    #expect(seen.allSatisfy { $0 < layout.count })
  }
}

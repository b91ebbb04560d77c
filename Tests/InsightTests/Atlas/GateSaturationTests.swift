import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct GateSaturationTests {
  /// σ(±3) is 0.953 and 0.047, σ(±2) is 0.881 and 0.119.
  @Test func handSetWeights() throws {
    let configuration = ModelConfiguration(vocabularySize: 2, embeddingSize: 0, hiddenSize: 3, layers: 2)
    var parameters = Parameters(zeros: ParameterLayout(configuration))
    for tensor in NamedTensor.all(of: configuration) {
      switch tensor.name {
      case "lstm.bias_ih_l0":
        parameters[tensor] = [-3, 3, 2] + [3, 3, -2] + [0, 0, 0] + [0, 0, -3]
      case "lstm.weight_ih_l0":
        // [4H, V]: the output gate of cell 1 opens with the first character and shuts with the second
        var weights = [Float](repeating: 0, count: 24)
        (weights[2 * 10], weights[2 * 10 + 1]) = (3, -3)
        parameters[tensor] = weights
      default: break
      }
    }
    let model = CharacterModel(parameters: parameters, vocabulary: testVocabulary(2))
    // the first character occurs 15 times, the second 5 times
    let ids = (0..<20).map { Int32($0 % 4 / 3) }
    let passage = try TextPassage(tokens: TokenSequence(ids, vocabularySize: 2), vocabulary: testVocabulary(2))
    let saturation = try CellActivations.read(passage, with: model, quantity: .cell, threads: 1).saturation

    #expect(saturation.characters == 20)
    #expect(Array(saturation.counts(.left, .input, layer: 0)) == [20, 0, 0])
    #expect(Array(saturation.counts(.right, .input, layer: 0)) == [0, 20, 0])
    #expect(Array(saturation.counts(.left, .forget, layer: 0)) == [0, 0, 0])
    #expect(Array(saturation.counts(.right, .forget, layer: 0)) == [20, 20, 0])
    #expect(Array(saturation.counts(.left, .output, layer: 0)) == [0, 5, 20])
    #expect(Array(saturation.counts(.right, .output, layer: 0)) == [0, 15, 0])
    #expect(saturation.share(.left, .output, layer: 0) == 25.0 / 60)
    #expect(saturation.share(.right, .forget, layer: 0) == 40.0 / 60)
    #expect(saturation.cellsAlways(.right, .forget, layer: 0) == 2)
    // 15 of 20 characters are less than 95 %
    #expect(saturation.cellsAlways(.right, .output, layer: 0) == 0)
    #expect(saturation.cellsAlways(.left, .output, layer: 0) == 1)
    for gate in GateSaturation.gates {
      for side in GateSaturation.Side.allCases { #expect(saturation.share(side, gate, layer: 1) == 0) }
    }
  }

  @Test func alwaysIsFromNineteenOfTwentyOn() {
    let configuration = ModelConfiguration(vocabularySize: 2, embeddingSize: 0, hiddenSize: 1, layers: 1)
    func saturation(open: Int) -> GateSaturation {
      var saturation = GateSaturation(layers: 1, cellsPerLayer: 1)
      for character in 0..<20 {
        var gates = GateActivations(zeros: configuration)
        let place = gates.regions[0].index(row: 0, column: Gate.forget.column(ofCell: 0))
        gates.values[place] = character < open ? 0.95 : 0.9
        saturation.count(gates)
      }
      return saturation
    }
    #expect(saturation(open: 19).cellsAlways(.right, .forget, layer: 0) == 1)
    #expect(saturation(open: 18).cellsAlways(.right, .forget, layer: 0) == 0)
    #expect(saturation(open: 18).share(.right, .forget, layer: 0) == 0.9)
    #expect(GateSaturation(layers: 1, cellsPerLayer: 1).share(.left, .input, layer: 0) == 0)
  }
}

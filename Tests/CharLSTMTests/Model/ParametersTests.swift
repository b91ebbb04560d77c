import Tensors
import Testing

@testable import CharLSTM

@Suite struct ParametersTests {
  private let configuration = ModelConfiguration(vocabularySize: 9, embeddingSize: 5, hiddenSize: 18, layers: 2)

  @Test func tensorsComeBackAsTheyWereSet() {
    var parameters = Parameters(zeros: ParameterLayout(configuration))
    let tensors = NamedTensor.all(of: configuration)
    for (number, tensor) in tensors.enumerated() {
      parameters[tensor] = (0..<tensor.count).map { Float(1000 * number + $0) }
    }
    for (number, tensor) in tensors.enumerated() {
      // bias_hh is not stored: it is always zero
      let expected = (0..<tensor.count).map { tensor.isTrained ? Float(1000 * number + $0) : 0 }
      #expect(parameters[tensor] == expected, "\(tensor.name)")
    }
  }

  @Test func freshWeights() {
    var generator = SeededGenerator(seed: 3)
    let parameters = Parameters(configuration, generator: &generator)
    let reach = 1 / Float(18).squareRoot()
    for tensor in NamedTensor.all(of: configuration) {
      let values = parameters[tensor]
      switch tensor.kind {
      case .inputBias:
        // i, f, g, o: the forget gates' bias is 1 and nothing is added to it
        #expect(
          values == [Float](repeating: 0, count: 18) + [Float](repeating: 1, count: 18)
            + [Float](repeating: 0, count: 36))
      case .recurrentBias, .decoderBias: #expect(values.allSatisfy { $0 == 0 })
      case .embedding:
        #expect(values.allSatisfy { abs($0) <= 1 })
        #expect(Set(values).count > 40)
      case .inputWeights(let layer):
        let width = layer == 0 ? 7.2 / Float(5).squareRoot() : 3 * reach
        #expect(values.allSatisfy { abs($0) <= width })
        #expect((values.map(abs).max() ?? 0) > 0.9 * width)
      default:
        #expect(values.allSatisfy { abs($0) <= reach })
        #expect((values.map(abs).max() ?? 0) > 0.9 * reach)
      }
    }
  }

  @Test(arguments: [0, 8, 64]) func aFreshFirstLayerHearsWhatItReads(embeddingSize: Int) throws {
    let configuration = ModelConfiguration(vocabularySize: 60, embeddingSize: embeddingSize, hiddenSize: 50, layers: 1)
    var generator = SeededGenerator(seed: 4)
    let parameters = Parameters(configuration, generator: &generator)
    let tensors = NamedTensor.all(of: configuration)
    let weights = parameters[try #require(tensors.first { $0.kind == .inputWeights(layer: 0) })]
    let embeddings = tensors.first { $0.kind == .embedding }.map { parameters[$0] }
    let inputs = configuration.inputSize(ofLayer: 0)
    // what each of the 200 gates adds up for each character
    var squares = 0.0
    for gate in 0..<200 {
      for id in 0..<60 {
        let sum = (0..<inputs).reduce(0.0) { sum, k in
          let input = embeddings.map { Double($0[id * inputs + k]) } ?? (k == id ? 1 : 0)
          return sum + Double(weights[gate * inputs + k]) * input
        }
        squares += sum * sum
      }
    }
    #expect(abs((squares / 12_000).squareRoot() - 2.4) < 0.25)
  }

  @Test func freshWeightsFollowTheSeed() {
    func fresh(_ seed: UInt64) -> Parameters {
      var generator = SeededGenerator(seed: seed)
      return Parameters(configuration, generator: &generator)
    }
    #expect(fresh(1) == fresh(1))
    #expect(fresh(1) != fresh(2))
  }
}

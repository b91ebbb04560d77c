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
      let expected = tensor.isTrained ? (0..<tensor.count).map { Float(1000 * number + $0) } : parameters[tensor]
      #expect(parameters[tensor] == expected, "\(tensor.name)")
      if !tensor.isTrained { #expect(parameters[tensor] == [Float](repeating: 0, count: tensor.count)) }
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
      case .recurrentWeights:
        // each gate's rows are at right angles and half as long as 1
        for gate in Gate.allCases {
          let rows = (0..<18).map { values[(18 * gate.rawValue + $0) * 18..<(18 * gate.rawValue + $0 + 1) * 18] }
          for (a, first) in rows.enumerated() {
            for (b, second) in rows.enumerated() {
              let product = zip(first, second).reduce(Float(0)) { $0 + $1.0 * $1.1 }
              #expect(abs(product - (a == b ? 0.25 : 0)) < 1e-5)
            }
          }
        }
      default:
        #expect(values.allSatisfy { abs($0) <= reach })
        #expect((values.map(abs).max() ?? 0) > 0.9 * reach)
      }
    }
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

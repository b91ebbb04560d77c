import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct GateActivationsTests {
  @Test(arguments: [(5, 3, 4, 1), (7, 0, 17, 1), (6, 5, 33, 2)])
  func equalTheNaiveNetwork(v: Int, d: Int, h: Int, layers: Int) {
    let configuration = ModelConfiguration(vocabularySize: v, embeddingSize: d, hiddenSize: h, layers: layers)
    let parameters = testParameters(configuration)
    let model = CharacterModel(parameters: parameters, vocabulary: testVocabulary(v))
    let naive = NaiveNetwork(parameters)
    let lanes = 2
    var state = RecurrentState(zeros: configuration, lanes: lanes)
    var logits = Logits(vocabularySize: v, lanes: lanes)
    var gates = GateActivations(zeros: configuration, lanes: lanes)
    var expected = [NaiveNetwork.State](repeating: naive.zeroState, count: lanes)
    let ids = testIDs(6 * lanes, vocabularySize: v)
    for step in 0..<6 {
      let inputs = Array(ids[step * lanes..<(step + 1) * lanes])
      model.advance(inputs, state: &state, logits: &logits, gates: &gates)
      for lane in 0..<lanes {
        _ = naive.step(inputs[lane], state: &expected[lane])
        for layer in 0..<layers {
          for gate in Gate.allCases {
            let values = gates.values(of: gate, layer: layer, lane: lane)
            #expect(values.count == h)
            for (ours, theirs) in zip(values, expected[lane].gates[layer][gate.rawValue]) {
              #expect(abs(Double(ours) - theirs) < 1e-5)
            }
          }
        }
      }
    }
  }

  @Test(arguments: SamplingPrecision.allCases, [1, 2])
  func keepingThemChangesNothing(precision: SamplingPrecision, threads: Int) {
    let configuration = ModelConfiguration(vocabularySize: 9, embeddingSize: 4, hiddenSize: 400, layers: 2)
    let model = CharacterModel(
      parameters: testParameters(configuration), vocabulary: testVocabulary(9), precision: precision)
    var states = [RecurrentState](repeating: RecurrentState(zeros: configuration), count: 2)
    var logits = [Logits](repeating: Logits(vocabularySize: 9), count: 2)
    var gates = GateActivations(zeros: configuration)
    for id in testIDs(5, vocabularySize: 9) {
      model.advance([id], state: &states[0], logits: &logits[0])
      model.advance([id], state: &states[1], logits: &logits[1], gates: &gates, threads: threads)
    }
    #expect(states[0] == states[1])
    #expect((0..<9).allSatisfy { logits[0][0, $0] == logits[1][0, $0] })
    // h = o tanh(c) with the gates that were kept
    let output = gates.values(of: .output, layer: 1, lane: 0)
    let (h, c) = (states[1].hidden(layer: 1, lane: 0), states[1].cell(layer: 1, lane: 0))
    for cell in 0..<400 { #expect(abs(h[cell] - output[cell] * tanh(c[cell])) < 1e-6) }
  }

  @Test func gatesHaveNames() {
    #expect(Gate.allCases.map(\.name) == ["input", "forget", "candidate", "output"])
  }
}

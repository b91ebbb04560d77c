import Foundation
import Tensors
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct CharacterModelTests {
  @Test(arguments: [(5, 3, 4, 1), (7, 0, 17, 1), (6, 5, 33, 2), (20, 0, 9, 3)])
  func equalsTheNaiveNetwork(v: Int, d: Int, h: Int, layers: Int) {
    let configuration = ModelConfiguration(vocabularySize: v, embeddingSize: d, hiddenSize: h, layers: layers)
    let parameters = testParameters(configuration)
    let model = CharacterModel(parameters: parameters, vocabulary: testVocabulary(v))
    let naive = NaiveNetwork(parameters)
    let lanes = 3
    var state = RecurrentState(zeros: configuration, lanes: lanes)
    var logits = Logits(vocabularySize: v, lanes: lanes)
    var naiveStates = [NaiveNetwork.State](repeating: naive.zeroState, count: lanes)
    let ids = testIDs(10 * lanes, vocabularySize: v)
    for step in 0..<10 {
      let inputs = Array(ids[step * lanes..<(step + 1) * lanes])
      model.advance(inputs, state: &state, logits: &logits)
      for lane in 0..<lanes {
        let expected = naive.step(inputs[lane], state: &naiveStates[lane])
        for id in 0..<v { #expect(abs(Double(logits[lane, id]) - expected[id]) < 1e-5) }
        for layer in 0..<layers {
          for cell in 0..<h {
            #expect(abs(Double(state.cell(layer: layer, lane: lane)[cell]) - naiveStates[lane].c[layer][cell]) < 1e-5)
          }
        }
      }
    }
  }

  /// The values of Keras's own test of a stateful LSTM (keras/src/layers/rnn/lstm_test.py, `test_statefulness`):
  /// LSTM(4), kernel 0.01, recurrent kernel 0.02, bias 0.03 but for the forget gates', which is 1;
  /// x = 0 ... 23 as [2, 3, 4], called twice.
  @Test func equalsKerasGoldenValues() {
    // each of the six vectors [4] is the embedding of a character of its own
    let configuration = ModelConfiguration(vocabularySize: 6, embeddingSize: 4, hiddenSize: 4, layers: 1)
    var parameters = Parameters(zeros: ParameterLayout(configuration))
    for tensor in NamedTensor.all(of: configuration) {
      switch tensor.kind {
      case .embedding: parameters[tensor] = (0..<24).map(Float.init)
      case .inputWeights: parameters[tensor] = [Float](repeating: 0.01, count: tensor.count)
      case .recurrentWeights: parameters[tensor] = [Float](repeating: 0.02, count: tensor.count)
      case .inputBias: parameters[tensor] = (0..<16).map { (4..<8).contains($0) ? 1 : 0.03 }
      default: break
      }
    }
    let model = CharacterModel(parameters: parameters, vocabulary: testVocabulary(6))
    var state = RecurrentState(zeros: configuration, lanes: 2)
    var logits = Logits(vocabularySize: 6, lanes: 2)
    for expected: [Float] in [[0.2178103, 0.5819324], [0.3124785, 0.6863672]] {
      for step in 0..<3 { model.advance([Int32(step), Int32(3 + step)], state: &state, logits: &logits) }
      for lane in 0..<2 {
        for value in state.hidden(layer: 0, lane: lane) { #expect(abs(value - expected[lane]) < 1e-6) }
      }
    }
  }

  /// Values computed by Fixtures/make-reference.py.
  @Test func equalsTheReferenceFixture() throws {
    struct Reference: Decodable {
      let configuration: ModelConfiguration
      let tensors: [String: [Float]]
      let ids: [[Int32]]
      let logits: [[[Float]]]
      let hidden: [[[Float]]]
      let loss: Double
      let gradients: [String: [Float]]
    }
    let url = try #require(Bundle.module.url(forResource: "reference", withExtension: "json", subdirectory: "Fixtures"))
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
    let configuration = reference.configuration
    var parameters = Parameters(zeros: ParameterLayout(configuration))
    for tensor in NamedTensor.all(of: configuration) where tensor.isTrained {
      parameters[tensor] = try #require(reference.tensors[tensor.name])
    }
    let model = CharacterModel(parameters: parameters, vocabulary: testVocabulary(configuration.vocabularySize))
    let lanes = reference.ids.count
    let steps = reference.ids[0].count - 1
    var state = RecurrentState(zeros: configuration, lanes: lanes)
    var logits = Logits(vocabularySize: configuration.vocabularySize, lanes: lanes)
    for step in 0..<steps {
      model.advance(reference.ids.map { $0[step] }, state: &state, logits: &logits)
      for lane in 0..<lanes {
        for id in 0..<configuration.vocabularySize {
          #expect(abs(logits[lane, id] - reference.logits[lane][step][id]) < 2e-6)
        }
      }
    }
    for layer in 0..<configuration.layers {
      for lane in 0..<lanes {
        for (ours, theirs) in zip(state.hidden(layer: layer, lane: lane), reference.hidden[layer][lane]) {
          #expect(abs(ours - theirs) < 1e-6)
        }
      }
    }

    let backpropagation = BackpropagationThroughTime(
      parameters: parameters.layout, shape: MinibatchShape(lanes: lanes, timeSteps: steps),
      processor: Processor(threads: 2))
    backpropagation.parametersDidChange(parameters.values)
    var gradients = Parameters(zeros: parameters.layout)
    let loss = backpropagation.run(
      .init(
        inputs: (0..<steps).flatMap { step in reference.ids.map { $0[step] } },
        targets: (0..<steps).flatMap { step in reference.ids.map { $0[step + 1] } }), step: 0,
      parameters: parameters.values,
      gradients: &gradients.values)
    #expect(abs(loss - reference.loss) < 1e-6)
    for tensor in NamedTensor.all(of: configuration) where tensor.isTrained {
      let expected = try #require(reference.gradients[tensor.name])
      for (ours, theirs) in zip(gradients[tensor], expected) { #expect(abs(ours - theirs) < 1e-6, "\(tensor.name)") }
    }
  }

  @Test func lanesDoNotMeet() {
    let configuration = ModelConfiguration(vocabularySize: 6, embeddingSize: 3, hiddenSize: 20, layers: 2)
    let model = CharacterModel(parameters: testParameters(configuration), vocabulary: testVocabulary(6))
    /// The last logits of each lane, lanes computed together.
    func run(_ texts: [[Int32]]) -> [[UInt32]] {
      var state = RecurrentState(zeros: configuration, lanes: texts.count)
      var logits = Logits(vocabularySize: 6, lanes: texts.count)
      for step in texts[0].indices { model.advance(texts.map { $0[step] }, state: &state, logits: &logits) }
      return texts.indices.map { lane in (0..<6).map { logits[lane, $0].bitPattern } }
    }
    let texts = (0..<9).map { testIDs(12, vocabularySize: 6, seed: UInt64($0)) }
    let together = run(texts)
    for (lane, text) in texts.enumerated() { #expect(run([text])[0] == together[lane]) }
  }
}

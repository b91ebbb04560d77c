import Foundation
import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct CellActivationsTests {
  private let configuration = ModelConfiguration(vocabularySize: 6, embeddingSize: 3, hiddenSize: 18, layers: 2)

  private func passage(_ ids: [Int32], from: Int = 0, length: Int) throws -> TextPassage {
    try TextPassage(
      tokens: TokenSequence(ids, vocabularySize: 6), vocabulary: testVocabulary(6), from: from, length: length)
  }

  /// The passage begins so late that the warm-up does not reach back to the beginning of the text.
  @Test(arguments: CellActivations.Quantity.allCases, [1, 2])
  func equalTheNaiveNetwork(quantity: CellActivations.Quantity, threads: Int) throws {
    let parameters = testParameters(configuration)
    let model = CharacterModel(parameters: parameters, vocabulary: testVocabulary(6))
    let ids = testIDs(620, vocabularySize: 6)
    let (activations, saturation) = try CellActivations.read(
      passage(ids, from: 600, length: 12), with: model, quantity: quantity, threads: threads)
    #expect(activations.values.count == 2 * 18 * 12 && saturation.characters == 12)
    let naive = NaiveNetwork(parameters)
    var state = naive.zeroState
    for id in ids[(600 - Evaluation.warmUp)..<600] { _ = naive.step(id, state: &state) }
    for character in 0..<12 {
      _ = naive.step(ids[600 + character], state: &state)
      for layer in 0..<2 {
        for cell in 0..<18 {
          let expected = quantity == .cell ? tanh(state.c[layer][cell]) : state.h[layer][cell]
          let values = activations[layer * 18 + cell]
          #expect(abs(Double(values[values.startIndex + character]) - expected) < 1e-5)
        }
      }
    }
    #expect(activations.address(of: 20) == CellAddress(layer: 1, cell: 2))
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let wide = ModelConfiguration(vocabularySize: 6, embeddingSize: 0, hiddenSize: 64, layers: 64)
    let model = CharacterModel(parameters: Parameters(zeros: ParameterLayout(wide)), vocabulary: testVocabulary(6))
    let long = try passage([Int32](repeating: 1, count: 65_537), length: 65_537)
    #expect(throws: AtlasError.tooLarge(cells: 4096, characters: 65_537, most: 65_536)) {
      _ = try CellActivations.read(long, with: model, quantity: .cell, threads: 1)
    }
  }

  @Test func whatIsNoNumberIsRefused() throws {
    var parameters = testParameters(configuration)
    for tensor in NamedTensor.all(of: configuration) where tensor.name == "lstm.bias_ih_l1" {
      // the cell candidate of cell 5
      parameters[tensor][2 * 18 + 5] = .nan
    }
    let model = CharacterModel(parameters: parameters, vocabulary: testVocabulary(6))
    #expect(throws: AtlasError.notFinite(CellAddress(layer: 1, cell: 5), character: 0)) {
      _ = try CellActivations.read(
        self.passage(testIDs(9, vocabularySize: 6), length: 4), with: model, quantity: .cell, threads: 1)
    }
  }
}

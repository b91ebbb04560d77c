import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct NetworkStageTests {
  @Test func shapesAndNumbersOfTheDefaultNetwork() {
    // 65 characters, embedding size 64, hidden size 512
    let network = ModelConfiguration(vocabularySize: 65)
    let stages = NetworkStage.all(of: network, lanes: 3, timeSteps: 8)
    #expect(
      stages.map(\.name) == [
        "ids", "one-hot", "or embedding", "LSTM: h of each step", "softmax layer: logits", "probabilities", "loss",
      ])
    #expect(
      stages.map { $0.shape?.inNumbers } == [
        "[3, 8]", "[3, 8, 65]", "[3, 8, 64]", "[3, 8, 512]", "[3, 8, 65]", "[3, 8, 65]", nil,
      ])
    #expect(
      stages.map { $0.shape?.inLetters } == [
        "[B, T]", "[B, T, V]", "[B, T, D]", "[B, T, H]", "[B, T, V]", "[B, T, V]", nil,
      ])
    // 65 · 64, 4 · 512 · (64 + 512 + 1), 512 · 65 + 65
    #expect(stages.map(\.parameters) == [0, 0, 4160, 1_181_696, 33_345, 0, 0])
    #expect(stages.map(\.formula) == ["", "", "V·D", "4H(D + H + 1)", "H·V + V", "", ""])
    #expect(stages.reduce(0) { $0 + $1.parameters } == network.parameterCount)
  }

  @Test func numbersDoNotDependOnTheSteps() {
    let network = ModelConfiguration(vocabularySize: 65)
    let few = NetworkStage.all(of: network, lanes: 3, timeSteps: 1).map(\.parameters)
    #expect(NetworkStage.all(of: network, lanes: 1, timeSteps: 1000).map(\.parameters) == few)
  }

  @Test func otherNetworksHaveOtherStages() {
    let network = ModelConfiguration(vocabularySize: 5, embeddingSize: 0, hiddenSize: 4, layers: 2)
    let stages = NetworkStage.all(of: network, lanes: 2, timeSteps: 3)
    #expect(
      stages.map(\.name) == [
        "ids", "one-hot", "LSTM 1: h of each step", "LSTM 2: h of each step", "softmax layer: logits", "probabilities",
        "loss",
      ])
    // 4 · 4 · (5 + 4 + 1), 4 · 4 · (4 + 4 + 1), 4 · 5 + 5
    #expect(stages.map(\.parameters) == [0, 0, 160, 144, 25, 0, 0])
    #expect(stages[2].formula == "4H(V + H + 1)" && stages[3].formula == "4H(H + H + 1)")
  }
}

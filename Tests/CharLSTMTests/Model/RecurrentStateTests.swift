import TestSupport
import Testing

@testable import CharLSTM

@Suite struct RecurrentStateTests {
  private let configuration = ModelConfiguration(vocabularySize: 4, embeddingSize: 2, hiddenSize: 70, layers: 2)

  private func values(_ start: Int) -> [Float] { (0..<70).map { Float(start + $0) } }

  @Test func lanesAreSetReadAndCopied() {
    var state = RecurrentState(zeros: configuration, lanes: 3)
    state.set(layer: 1, lane: 2, hidden: values(100), cell: values(300))
    #expect(state.hidden(layer: 1, lane: 2) == values(100))
    #expect(state.cell(layer: 1, lane: 2) == values(300))
    #expect(state.hidden(layer: 1, lane: 1).allSatisfy { $0 == 0 })
    var other = RecurrentState(zeros: configuration, lanes: 1)
    other.copyLane(0, from: state, lane: 2)
    #expect(other.hidden(layer: 1, lane: 0) == values(100))
    #expect(other.cell(layer: 1, lane: 0) == values(300))
  }

  @Test func aCopyGoesItsOwnWay() {
    let model = CharacterModel(parameters: testParameters(configuration), vocabulary: testVocabulary(4))
    var logits = Logits(vocabularySize: 4)
    var state = RecurrentState(zeros: configuration)
    model.advance([1], state: &state, logits: &logits)
    let snapshot = state
    let hidden = snapshot.hidden(layer: 0, lane: 0)
    model.advance([2], state: &state, logits: &logits)
    #expect(snapshot.hidden(layer: 0, lane: 0) == hidden)
    #expect(state.hidden(layer: 0, lane: 0) != hidden)
    // going on from the snapshot gives what going on the first time gave
    var again = snapshot
    model.advance([2], state: &again, logits: &logits)
    #expect(again.hidden(layer: 1, lane: 0) == state.hidden(layer: 1, lane: 0))
  }
}

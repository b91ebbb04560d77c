import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct NetworkPictureTests {
  @Test func aStepWithoutInputsReadsTheOutputBeforeIt() throws {
    let explanation = try alphabetExplanation()
    let pictures = explanation.cases.map { $0.picture(explanation.glyphs) }
    let reads = pictures.map { picture in picture.steps.indices.map { picture.readsOutput(atStep: $0) } }
    #expect(
      reads == [
        [false], [false, false, false, false], [false, false, false, false], [false, false, false, false],
        [false, true, true, true], [false, false, true, true],
      ])
    #expect(pictures[1].steps.map(\.inputs) == [["a"], ["b"], ["c"], ["d"]])
    #expect(pictures[1].steps.map(\.output) == [nil, nil, nil, "e"])
  }

  @Test func thePictureIsInWordsToo() throws {
    let explanation = try alphabetExplanation()
    let labels = explanation.cases.map { $0.picture(explanation.glyphs).label }
    #expect(
      labels == [
        "one-to-one, a single step: 1 box, from a state of zeros, reads a and answers b.",
        "many-to-one, windows: 4 boxes, from a state of zeros, reads a b c d and answers e.",
        "many-to-many, stateless: 4 boxes, from a state of zeros, reads a b c d and answers b c d e.",
        "many-to-many, stateful: 4 boxes, from the state of the minibatch before, reads e f g h and answers f g h i.",
        "one-to-many, generation: 4 boxes, from a state of zeros, reads a and answers b c d e, each of which is read at the next step.",
        "many-to-many, encoder-decoder: 4 boxes, from a state of zeros, reads a b and answers c d e, each of which is read at the next step.",
      ])
    #expect(
      Explanation.seriesPictures[2].label
        == "3 time steps, of 2 numbers: 3 boxes, from a state of zeros, reads 12 with 70, 15 with 68, 14 with 69 and answers 18."
    )
  }
}

import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct NetworkCaseTests {
  @Test func sixWaysWithTheirShapes() throws {
    let cases = try alphabetExplanation().cases
    #expect(
      cases.map { "\($0.name), \($0.variant)" } == [
        "one-to-one, a single step", "many-to-one, windows", "many-to-many, stateless", "many-to-many, stateful",
        "one-to-many, generation", "many-to-many, encoder-decoder",
      ])
    #expect(
      cases.map(\.reads.inNumbers) == [
        "[3, 1, 26]", "[3, 4, 26]", "[3, 4, 26]", "[3, 4, 26]", "[1, 1, 26]", "[3, 2, 26]",
      ])
    #expect(cases[5].reads.inLetters == "[B, R, V]")
    #expect(
      cases.map(\.answers.inNumbers) == [
        "[3, 1, 26]", "[3, 26]", "[3, 4, 26]", "[3, 4, 26]", "[1, 26]", "[3, 3, 26]",
      ])
    #expect(
      cases.map(\.answers.inLetters) == ["[B, 1, V]", "[B, V]", "[B, T, V]", "[B, T, V]", "[1, V]", "[B, W, V]"])
    #expect(cases.map { $0.targets?.inNumbers } == ["[3, 1]", "[3]", "[3, 4]", "[3, 4]", nil, "[3, 3]"])
    #expect(cases.map(\.shuffling) == ["allowed", "allowed", "allowed", "never", "nothing to shuffle", "allowed"])
    #expect(cases.map(\.stateBefore) == [.zero, .zero, .zero, .carried, .zero, .zero])
    #expect(cases.map(\.handsOn) == [false, false, false, true, true, false])
    #expect(cases.map { $0.keras.isEmpty } == [true, false, false, false, false, true])
    #expect(cases[1].command == "bard train CORPUS --objective last --state shuffle")
    #expect(cases[2].command == "bard train CORPUS --objective every --state shuffle")
    #expect(cases[3].command == "bard train CORPUS --objective every --state carry")
    #expect(cases[4].command.hasPrefix("bard generate "))
  }

  @Test func stepsAreThoseOfTheText() throws {
    // the ids are a = 0, b = 1, …
    let cases = try alphabetExplanation().cases
    #expect(cases[0].steps.map(\.input) == [0] && cases[0].steps.map(\.output) == [1])
    #expect(cases[1].steps.map(\.input) == [0, 1, 2, 3] && cases[1].steps.map(\.output) == [nil, nil, nil, 4])
    #expect(cases[2].steps.map(\.input) == [0, 1, 2, 3] && cases[2].steps.map(\.output) == [1, 2, 3, 4])
    // minibatch 2
    #expect(cases[3].steps.map(\.input) == [4, 5, 6, 7] && cases[3].steps.map(\.output) == [5, 6, 7, 8])
    #expect(cases[4].steps.map(\.input) == [0, nil, nil, nil] && cases[4].steps.map(\.output) == [1, 2, 3, 4])
    // the decoder begins with the last input of the encoder
    #expect(cases[5].steps.map(\.input) == [0, 1, nil, nil] && cases[5].steps.map(\.output) == [nil, 2, 3, 4])
  }

  /// The shapes of an encoder-decoder are those of its picture.
  @Test func anEncoderDecoderReadsAndWritesWhatIsDrawn() throws {
    for steps in [1, 2, 3, 8, 16] {
      let last = try #require(
        Explanation(of: testCorpus(Explanation.monologue), name: nil, timeSteps: steps).cases.last)
      #expect(last.reads.sizes[1] == last.steps.count { $0.input != nil })
      #expect(last.answers.sizes[1] == last.steps.count { $0.output != nil })
      #expect(last.targets?.sizes[1] == last.answers.sizes[1])
    }
  }

  @Test func aDrawingHasFourStepsAtMost() throws {
    let long = try Explanation(of: testCorpus(Explanation.monologue), name: nil, timeSteps: 16)
    #expect(long.cases.map(\.steps.count) == [1, 4, 4, 4, 4, 4])
    let one = try Explanation(of: testCorpus("abcdefghij"), name: nil, timeSteps: 1)
    #expect(one.cases.map(\.steps.count) == [1, 1, 1, 1, 1, 1])
    #expect(one.cases.allSatisfy { $0.steps[0].input == 0 || $0.stateBefore == .carried })
    #expect(one.cases.allSatisfy { $0.steps[0].output != nil })
  }
}

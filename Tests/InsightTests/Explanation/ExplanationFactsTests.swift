import Foundation
import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct ExplanationFactsTests {
  @Test func lanesGoOnWhereTheyStopped() throws {
    let continuations = try alphabetExplanation().continuations
    #expect(continuations.map(\.lane) == [0, 1, 2])
    #expect(continuations.map(\.last.position) == [3, 11, 19])
    #expect(continuations.map(\.first.position) == [4, 12, 20])
    #expect(continuations.map(\.first.id) == [4, 12, 20])
    #expect(continuations.allSatisfy { $0.holds })
  }

  @Test func aGapWouldBeNoticed() {
    func place(_ position: Int, _ id: Int32 = 7) -> Explanation.Place { .init(position: position, id: id) }
    func holds(_ target: Explanation.Place, _ first: Explanation.Place) -> Bool {
      Explanation.Continuation(lane: 0, last: place(3), target: target, first: first).holds
    }
    #expect(holds(place(4), place(4)))
    #expect(!holds(place(4), place(5)))
    #expect(!holds(place(5), place(5)))
    #expect(!holds(place(4, 8), place(4)))
  }

  @Test func onePredictionOfMany() throws {
    let explanation = try alphabetExplanation()
    let example = explanation.examplePrediction
    #expect(example.timeStep == 2)
    #expect(explanation.letters(example.read) == "abc")
    #expect(explanation.letters([example.input, example.target]) == "cd")
    let short = try Explanation(of: testCorpus("abcde"), name: nil, lanes: 1, timeSteps: 2).examplePrediction
    #expect(short.timeStep == 1 && short.read.count == 2)
  }

  @Test func shufflingWouldHandTheStateToAnotherText() throws {
    let explanation = try alphabetExplanation()
    let misplacement = try #require(explanation.misplacement)
    #expect(explanation.letters(misplacement.read) == "abcd")
    #expect(explanation.letters(misplacement.continuation) == "efgh")
    #expect(explanation.letters(misplacement.foreign) == "uvwx")
    #expect(misplacement.lane == 2 && misplacement.minibatch == 1)
    // the last lane has the same text as the first
    let twice = try Explanation(of: testCorpus("abcdefghABCDEFGHabcdefghx"), name: nil, lanes: 3, timeSteps: 4)
    let other = try #require(twice.misplacement)
    #expect(twice.letters(other.foreign) == "abcd" && other.lane == 2 && other.minibatch == 0)
    let alone = try Explanation(of: testCorpus("abcdefghi"), name: nil, lanes: 1, timeSteps: 4)
    #expect(alone.misplacement?.minibatch == 0)
    #expect(try Explanation(of: testCorpus(String(repeating: "ab", count: 40)), name: nil).misplacement == nil)
  }

  @Test func aUniformGuessCostsTheLogarithmOfTheVocabulary() throws {
    #expect(abs(try alphabetExplanation().uniformLoss - log(26)) < 1e-12)
  }
}

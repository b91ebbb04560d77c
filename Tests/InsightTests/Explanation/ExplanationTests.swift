import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct ExplanationTests {
  private func rows(_ explanation: Explanation, _ rows: [[Explanation.Place]]) -> [String] {
    rows.map { explanation.letters($0) }
  }

  @Test func minibatchesAreTheLanesPieces() throws {
    let explanation = try alphabetExplanation()
    #expect(explanation.excerpt.count == 25)
    #expect(explanation.minibatches.count == 2)
    #expect(rows(explanation, explanation.minibatches[0].inputs) == ["abcd", "ijkl", "qrst"])
    #expect(rows(explanation, explanation.minibatches[0].targets) == ["bcde", "jklm", "rstu"])
    #expect(rows(explanation, explanation.minibatches[1].inputs) == ["efgh", "mnop", "uvwx"])
    #expect(rows(explanation, explanation.minibatches[1].targets) == ["fghi", "nopq", "vwxy"])
    #expect(explanation.minibatches[1].inputs[2].map(\.position) == [20, 21, 22, 23])
    #expect(explanation.minibatches[1].targets[2].map(\.position) == [21, 22, 23, 24])
  }

  @Test func theBuiltInSpeechIsLongEnoughForTheDefaults() throws {
    let explanation = try Explanation(of: testCorpus(Explanation.monologue), name: nil)
    #expect((explanation.lanes, explanation.timeSteps) == (3, 8))
    #expect(
      explanation.minibatches.map { rows(explanation, $0.inputs) } == [
        ["To be, o", "t is the", "er 'tis "], ["r not to", " questio", "nobler i"],
        [" be: tha", "n:\nWheth", "n the mi"],
      ])
    #expect(explanation.excerpt.count == 73)
    #expect(explanation.training == nil)
    for lanes in Explanation.laneRange {
      for steps in Explanation.timeStepRange {
        let sized = try Explanation(of: testCorpus(Explanation.monologue), name: nil, lanes: lanes, timeSteps: steps)
        #expect((sized.lanes, sized.timeSteps) == (lanes, steps))
        #expect(sized.minibatches.count == (steps <= 10 ? 3 : 2))
        #expect(sized.continuations.count == lanes && sized.continuations.allSatisfy { $0.holds })
      }
    }
  }

  @Test func aShortTextHasFewerLanesThenFewerSteps() throws {
    func size(_ characters: Int) throws -> [Int] {
      let text = String("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".prefix(characters))
      let explanation = try Explanation(of: testCorpus(text), name: "x")
      #expect(explanation.continuations.allSatisfy { $0.holds })
      return [explanation.lanes, explanation.timeSteps, explanation.minibatches.count, explanation.excerpt.count]
    }
    #expect(try size(49) == [3, 8, 2, 49])
    #expect(try size(48) == [2, 8, 2, 33])
    #expect(try size(33) == [2, 8, 2, 33])
    #expect(try size(32) == [2, 7, 2, 29])
    #expect(try size(26) == [2, 6, 2, 25])
    #expect(try size(5) == [2, 1, 2, 5])
    #expect(try size(4) == [1, 1, 3, 4])
    #expect(try size(3) == [1, 1, 2, 3])
    for characters in 1...2 {
      #expect(throws: ExplanationError.tooShort(characters: characters, needed: 3)) { try size(characters) }
    }
  }

  @Test func theWholeTextIsCutAsTrainingCutsIt() throws {
    let corpus = try testCorpus(String(repeating: "the cat sat on the mat, ", count: 417))
    // 10,008 characters, 9,007 of them for training: 9,006 predictions in 32 lanes of 281, so 4 minibatches of 64 steps
    let training = try #require(try Explanation(of: corpus, name: "x").training)
    #expect(training.lanes == 32 && training.timeSteps == 64)
    #expect(training.laneLength == 281 && training.minibatchesPerEpoch == 4)
    #expect(try alphabetExplanation().training == nil)
  }
}

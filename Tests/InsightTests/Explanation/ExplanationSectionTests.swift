import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct ExplanationSectionTests {
  private func monologue() throws -> Explanation { try Explanation(of: testCorpus(Explanation.monologue), name: nil) }

  @Test func sectionsBuildOnEachOther() throws {
    #expect(
      try monologue().sections.map(\.title) == [
        "Characters become numbers", "The text is cut into lanes", "A minibatch: the next T characters of every lane",
        "The target of every step: the next character", "The shapes, from ids to the loss",
        "The state: what is kept, cut and zeroed", "Six ways to use the same layers",
        "If your data are numbers, not characters",
      ])
  }

  @Test func theNumbersAreThoseOfTheText() throws {
    let words = try monologue().words
    #expect(words.contains("[samples, time steps, features] = [B, T, V] = [3, 8, 31]"))
    #expect(words.contains { $0.contains("So it has H·V + V = 15,903 parameters for T = 8 and for T = 1,000.") })
    #expect(
      words.contains(
        "For example, take lane 1 of minibatch 1 at time step 3. It has read “To␣”. Its input is “␣” (id 0) and its target is “b” (id 12). A network that knows nothing gives each of the 31 characters the probability 1/31, so its loss is ln 31 = 3.43."
      ))
    #expect(words.contains { $0.hasPrefix("Character 73, “n”, is in no lane") })
    #expect(
      words.contains {
        $0.contains("the state after “To␣be,␣o” could be handed to “nobler␣i”. The network would learn")
      })
    #expect(words.contains { $0.contains("--reset-probability 0.02") && $0.contains("“␣be:␣tha”") })
    #expect(words.contains("many-to-one, windows: bard train CORPUS --objective last --state shuffle"))
  }

  @Test func checksAreComputed() throws {
    let blocks = try alphabetExplanation().sections.flatMap(\.blocks)
    let checks = blocks.flatMap { block -> [ExplanationCheck] in
      if case .checks(let checks) = block { checks } else { [] }
    }
    #expect(checks.map(\.holds) == [true, true, true])
    #expect(checks[2].words.plain == "lane 3: minibatch 1 ends at character 20, minibatch 2 begins at 21")
  }

  @Test func gridsStandUnderEachOther() throws {
    let grids = try monologue().sections.flatMap(\.blocks).compactMap { block -> [ExplanationGridRow]? in
      if case .grid(let rows) = block { rows } else { nil }
    }
    #expect(grids.count == 5)
    #expect(grids[0][0].cells.prefix(4) == ["␣", "e", "o", "t"] && grids[0][0].goesOn)
    #expect(grids[1].map { $0.cells.prefix(4).joined(separator: " ") } == ["T o ␣ b", "20 2 0 12"])
    // one-hot: o is 2
    #expect(grids[2][1].name == "o" && grids[2][1].cells == ["0", "0", "1", "0", "0", "0", "0", "0", "0", "0"])
    #expect(grids[3].map(\.cells.count) == [8, 8, 7, 8])
    #expect(grids[3][1].cells.joined() == "To␣be,␣o" && grids[3][3].cells.joined() == "o␣be,␣or")
  }

  @Test func theTextIsIntroduced() throws {
    let named = try Explanation(of: testCorpus("abcdefghijklmnopqrstuvwxyz", unit: .byte), name: "al\u{202E}phabet.txt")
    #expect(
      named.introduction.map(\.plain) == [
        "The text is al?phabet.txt: 26 characters. Only the first 25 are used here, as if the text ended there.",
        "Each byte counts as one character here.",
        "It is short, so it is cut into 2 lanes of 6 time steps instead of 3 lanes of 8 time steps.",
      ])
    #expect(
      try monologue().introduction.map(\.plain) == [
        "The text is the beginning of a speech from Hamlet, which is built in. Run bard explain FILE to see the same with your own text.",
        "Below, ␣ is a space and ⏎ is a line feed.",
      ])
    let whole = try Explanation(of: testCorpus("abcdefghi"), name: "x", lanes: 1, timeSteps: 4)
    #expect(whole.introduction[0].plain == "The text is x: 9 characters.")
    let long = try Explanation(of: testCorpus("abcdefghi"), name: String(repeating: "n", count: 50), lanes: 1)
    #expect(long.introduction[0].plain.hasPrefix("The text is " + String(repeating: "n", count: 39) + "…: 9"))
  }

  @Test func whatTrainingWouldDoIsSaidOfAFile() throws {
    let corpus = try testCorpus(String(repeating: "the cat sat on the mat, ", count: 417))
    let words = try Explanation(of: corpus, name: "x").words
    #expect(
      words.contains(
        "bard train cuts the first 90 % of this text into B = 32 lanes of 281 characters and takes T = 64 at a time. So its minibatches are [32, 64, 11]. Reading all of them once, here 4, is an epoch."
      ))
    #expect(
      try monologue().words.contains("Reading all lanes to the end once is an epoch. Here that takes 3 minibatches."))
  }

  @Test func aTextOfOneCharacterIsNoTrouble() throws {
    let explanation = try Explanation(of: testCorpus(String(repeating: "a", count: 100)), name: nil)
    #expect(!explanation.words.contains { $0.contains("could be handed") })
    #expect(explanation.words.contains { $0.contains("Here all pieces are the same") })
    #expect(explanation.words.contains { $0.contains("so its loss is ln 1 = 0.00") })
  }
}

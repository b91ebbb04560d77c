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
    #expect(
      words.contains {
        $0.contains("It has H·V weights and V biases, 15,903 parameters together.")
          && $0.hasSuffix("So the number of parameters does not depend on T.")
      })
    #expect(
      words.contains(
        "The example network has an embedding of D = 64 numbers and 1 LSTM layer of H = 512 cells (Keras: units). bard train chooses H itself."
      ))
    #expect(words.contains { $0.contains("The embedding is a [V, D] table of weights. Row k belongs to id k.") })
    #expect(
      words.contains { $0.hasPrefix("Gradients flow back to the first step of the minibatch, at most T = 8 steps.") })
    #expect(
      words.contains(
        "For example, take lane 1 of minibatch 1 at time step 3. It has read “To␣”. Its input is “␣” (id 0) and its target is “b” (id 12). A network that knows nothing gives each of the 31 characters the probability 1/31, so its loss is ln 31 = 3.43."
      ))
    #expect(words.contains { $0.hasPrefix("Character 73, “n”, is in no lane") })
    #expect(
      words.contains {
        $0.contains("the state after “To␣be,␣o” could be handed to “nobler␣i”. The network would learn")
      })
    #expect(
      words.contains {
        $0.contains("with probability 0.02 (--reset-probability)")
          && $0.contains("lane 1 ends with “␣be:␣tha” and starts again with “To␣be,␣o”")
      })
    #expect(words.contains("many-to-one, windows: bard train CORPUS --objective last --state shuffle"))
  }

  /// A sample is what Keras shuffles: T characters of one lane.
  @Test func aSampleIsThePieceOfALane() throws {
    let words = try monologue().words
    let sample =
      "The T characters of one lane in one minibatch are one sample. A minibatch has B samples; B is the batch size."
    #expect(words.contains { $0.contains(sample) })
    #expect(words.contains { $0.hasSuffix("bard calls each piece a lane.") })
    #expect(words.contains("While the state is kept, the samples must stay in order:"))
    #expect(
      words.contains {
        $0.hasPrefix("If the samples were shuffled, ")
          && $0.contains("Shuffle only if the state is reset before every piece.")
      })
    let alone = try Explanation(of: testCorpus("abcdefghi"), name: nil, lanes: 1, timeSteps: 4).words
    #expect(alone.contains { $0.contains(sample) } && alone.contains { $0.hasSuffix("bard calls each piece a lane.") })
  }

  @Test func theCodeSaysWhatItNeeds() throws {
    let blocks = try monologue().sections[6].blocks
    let items = blocks.compactMap { block -> (name: String, words: String)? in
      if case .item(let name, let phrase) = block { (name, phrase.plain) } else { nil }
    }
    #expect(items.map(\.name) == ["bard", "input", "Keras", "names"])
    #expect(
      items[1].words
        == "The LSTM layer wants 3-D input. Keras's Embedding takes ids [B, T] and makes [B, T, D] of them.")
    let names = ["windows", "pieces", "next_characters", "pieces_one_later", "minibatches", "id", "epochs", "length"]
    for name in names { #expect(items[3].words.contains(name)) }
  }

  @Test func eachMediumHasTheLegendOfItsDrawings() throws {
    let legends = try monologue().sections.flatMap(\.blocks).compactMap { block -> [String]? in
      if case .legend(let terminal, let page) = block { [terminal.plain, page.plain] } else { nil }
    }
    #expect(legends.count == 1)
    #expect(legends[0][0].hasPrefix("□ is the LSTM at one time step (4 of the 8 are drawn). It is the same LSTM"))
    #expect(legends[0][0].contains("↘ means that the network reads what it has just written."))
    #expect(
      legends[0][1].hasPrefix("A green box is the LSTM at one time step (4 of the 8 are drawn). It is the same LSTM"))
    #expect(legends[0][1].contains("A dashed curve means that the network reads what it has just written."))
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
    // the vocabulary is that of the whole file, although only a part is used
    #expect(named.words.contains { $0.contains("The whole file has V = 26 distinct characters") })
    #expect(try monologue().words.contains { $0.contains("This text has V = 31 distinct characters") })
    let whole = try Explanation(of: testCorpus("abcdefghi"), name: "x", lanes: 1, timeSteps: 4)
    #expect(whole.words.contains { $0.contains("This text has V = 9 distinct characters") })
    #expect(whole.introduction[0].plain == "The text is x: 9 characters.")
    let long = try Explanation(of: testCorpus("abcdefghi"), name: String(repeating: "n", count: 50), lanes: 1)
    #expect(long.introduction[0].plain.hasPrefix("The text is " + String(repeating: "n", count: 39) + "…: 9"))
  }

  @Test func whatTrainingWouldDoIsSaidOfAFile() throws {
    let corpus = try testCorpus(String(repeating: "the cat sat on the mat, ", count: 417))
    let words = try Explanation(of: corpus, name: "x").words
    #expect(
      words.contains(
        "bard train cuts the first 90 % of this text into B = 32 lanes of 281 characters and takes T = 64 at a time. So its minibatches are [32, 64, 11]. One pass over all minibatches (4 here) is an epoch."
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

import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct PassageSearchTests {
  private func passages(_ text: String, _ corpus: [String], count: Int = 10) throws -> [Passage] {
    CorpusMatches(
      try ComparedTexts(
        text: CorpusText(bytes: Array(text.utf8)), corpus: corpus.map { CorpusText(bytes: Array($0.utf8)) },
        unit: .character, threads: 1), passages: count
    ).passages
  }

  @Test func placesAreLinesAndColumns() throws {
    let corpus = ["one\ntwo\nthree four\n", "\n\nfive six seven\n"]
    let found = try passages("x\nyy three four!\nzz six seve", corpus)
    #expect(found[0].range == 5..<15 && found[0].line == 2 && found[0].column == 4)
    #expect(found[0].file == 0 && found[0].fileLine == 3)
    #expect(found[1].range == 19..<28 && found[1].line == 3 && found[1].column == 3)
    #expect(found[1].file == 1 && found[1].fileLine == 3)
  }

  @Test func theLongestThatArePartOfNoOther() throws {
    let found = try passages("abcdeXbcdYcde", ["abcdef", "bcd"])
    #expect(found.map(\.range) == [0..<5, 6..<9, 10..<13])
    #expect(found.map(\.timesInCorpus) == [1, 2, 1])
    #expect(found.map(\.timesInText) == [1, 2, 2])
    #expect(try passages("abcdeXbcdYcde", ["abcdef", "bcd"], count: 1).map(\.range) == [0..<5])
    #expect(try passages("abcdeXbcdYcde", ["abcdef", "bcd"], count: 0) == [])
  }

  @Test func oneThatComesAgainIsToldOnceAndWhereItStandsFirst() throws {
    let found = try passages("abc-abc+abc", ["zzabc", "abc abc"])
    #expect(found.count == 1)
    #expect(found[0].range == 0..<3)
    #expect(found[0].timesInText == 3)
    #expect(found[0].timesInCorpus == 3)
    #expect(found[0].file == 0 && found[0].fileLine == 1)
  }

  @Test func overlappingOnesAreBothTold() throws {
    #expect(try passages("abcd", ["abc", "bcd"]).map(\.range) == [0..<3, 1..<4])
  }

  @Test func aTextThatIsThereWholeIsOnePassage() throws {
    let text = "to be, or not to be\nthat is the question\n"
    let found = try passages(text, ["before\n" + text])
    #expect(
      found == [
        Passage(range: 0..<text.count, line: 1, column: 1, file: 0, fileLine: 2, timesInCorpus: 1, timesInText: 1)
      ])
  }

  @Test func aRepeatedCharacterIsOnePassage() throws {
    let found = try passages(String(repeating: "a", count: 1000), [String(repeating: "a", count: 100)])
    #expect(found.count == 1)
    #expect(found[0].range == 0..<100)
    #expect(found[0].timesInText == 901)
  }
}

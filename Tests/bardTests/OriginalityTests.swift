import Foundation
import Testing

@Suite struct OriginalityTests {
  private struct Report: Decodable {
    struct NGram: Decodable {
      let n: Int
      let count: Int
      let novel: Int
      let novelShare: Double
      let coveredShare: Double
    }
    struct Passage: Decodable {
      let length: Int
      let text: String
      let start: Int
      let line: Int
      let column: Int
      let timesInText: Int
      let corpus: String
      let corpusLine: Int
      let timesInCorpus: Int
    }
    let text: String
    let corpus: [String]
    let unit: String
    let characters: Int
    let corpusCharacters: Int
    let meanMatch: Double
    let medianMatch: Double
    let longestMatch: Int
    let ngrams: [NGram]
    let passages: [Passage]
  }

  private func files() throws -> BardProcess {
    let bard = try BardProcess()
    try bard.write("to be, or not to be\nthat is the question\n", to: "hamlet.txt")
    try bard.write("the cat sat\non the mat\n", to: "cat.txt")
    try bard.write("not to be\nthat is the mat, or the cat\n", to: "new.txt")
    return bard
  }

  private func report(_ bard: BardProcess, _ arguments: String...) throws -> Report {
    let (process, output, _) = try bard.start(["originality"] + arguments + ["--json"])
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try JSONDecoder().decode(Report.self, from: text)
  }

  @Test func passagesHaveTheirPlaces() throws {
    let found = try report(try files(), "new.txt", "--corpus", "hamlet.txt", "cat.txt", "--passages", "3")
    #expect(found.text == "new.txt" && found.corpus == ["hamlet.txt", "cat.txt"] && found.unit == "character")
    #expect(found.characters == 38 && found.corpusCharacters == 64)
    #expect(found.passages.count == 3)
    let first = found.passages[0]
    #expect(first.text == "not to be\nthat is the ")
    #expect((first.length, first.start, first.line, first.column) == (22, 0, 1, 1))
    #expect((first.corpus, first.corpusLine, first.timesInCorpus, first.timesInText) == ("hamlet.txt", 1, 1, 1))
    #expect(found.longestMatch == 22)
    let second = found.passages[1]
    #expect(second.text == " the mat")
    #expect((second.line, second.column, second.corpus, second.corpusLine) == (2, 8, "cat.txt", 2))
    let third = found.passages[2]
    #expect(third.text == "the cat")
    #expect((third.line, third.column, third.corpus, third.corpusLine) == (2, 21, "cat.txt", 1))
    #expect(found.ngrams.map(\.n) == [1, 2, 3, 4, 6, 8, 12, 16, 24, 32])
    #expect(found.ngrams[0].novel == 0 && found.ngrams[0].coveredShare == 1)
    let sixteen = try #require(found.ngrams.first { $0.n == 16 })
    #expect(sixteen.count == 23 && sixteen.novel == 16)
    #expect(abs(sixteen.novelShare - 16.0 / 23) < 1e-12)
    #expect(abs(sixteen.coveredShare - 22.0 / 38) < 1e-12)
  }

  @Test func wordsFitTheTerminal() throws {
    let result = try files().run("originality", "new.txt", "--corpus", "hamlet.txt", "cat.txt", "--passages", "2")
    #expect(result.status == 0 && result.errors.isEmpty)
    let lines = result.output.components(separatedBy: "\n")
    #expect(lines[0] == "new.txt: 38 characters, compared with 64 of hamlet.txt, cat.txt")
    #expect(lines[1] == "longest match at each position: mean 8.5 characters, median 6.5, longest 22")
    #expect(lines[3] == "  n       n-grams         novel   novel %   covered %")
    #expect(lines[4] == "  1            38             0      0.00      100.00")
    #expect(lines[11] == " 16            23            16     69.57       57.89")
    #expect(
      lines[15...] == [
        "longest copied passages", "", "22 characters, new.txt:1:1, in hamlet.txt:1",
        "  \"not to be↵that is the \"", "", "8 characters, new.txt:2:8, in cat.txt:2", "  \" the mat\"", "",
      ])
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test func aLongPassageIsCutAtTheWidth() throws {
    let bard = try BardProcess()
    let line = String(repeating: "漢字 and so on, ", count: 20)
    try bard.write(line + "\n", to: "a.txt")
    let wide = try bard.run("originality", "a.txt", "--corpus", "a.txt").output.components(separatedBy: "\n")
    let quoted = try #require(wide.first { $0.hasPrefix("  \"") })
    #expect(quoted.hasSuffix("…\""))
    // each ideograph takes two columns
    #expect((79...80).contains(quoted.count + quoted.count { $0 == "漢" || $0 == "字" }))
    let terminal = try PseudoTerminal(bard, ["originality", "a.txt", "--corpus", "a.txt"], columns: 40)
    #expect(try terminal.waitForEnd() == .exit(0))
    let narrow = try #require(terminal.screen.lines.first { $0.hasPrefix("  \"") })
    #expect(narrow.hasSuffix("…\"") && narrow.count < 40)
  }

  @Test func whatStandsInTheCorpusIsNotNovel() throws {
    let bard = try files()
    let found = try report(bard, "hamlet.txt", "--corpus", "cat.txt", "hamlet.txt")
    #expect(found.ngrams.allSatisfy { $0.novel == 0 && $0.coveredShare == 1 })
    #expect(found.passages.count == 1 && found.passages[0].length == 41 && found.longestMatch == 41)
    try bard.write("ЖЖЖ", to: "other.txt")
    let other = try bard.run("originality", "other.txt", "--corpus", "cat.txt")
    #expect(other.output.contains("\n  3             1             1    100.00"))
    #expect(!other.output.contains("\n  4 "))
    #expect(other.output.hasSuffix("\n\nnothing in it appears in the corpus\n"))
    #expect(try report(bard, "other.txt", "--corpus", "cat.txt").meanMatch == 0)
    #expect(try report(bard, "new.txt", "--corpus", "cat.txt", "--passages", "0").passages.isEmpty)
  }

  @Test func unitsOfTheComparison() throws {
    let bard = try BardProcess()
    try bard.write("ae\u{301}b", to: "a.txt")
    try bard.write("aeb", to: "b.txt")
    #expect(try report(bard, "a.txt", "--corpus", "b.txt").longestMatch == 1)
    #expect(try report(bard, "a.txt", "--corpus", "b.txt", "--unit", "scalar").longestMatch == 2)
    try bard.write([0x61, 0xFF, 0x62], to: "bytes")
    let bytes = try report(bard, "bytes", "--corpus", "bytes", "--unit", "byte")
    #expect(bytes.passages[0].length == 3)
    let words = try bard.run("originality", "bytes", "--corpus", "bytes", "--unit", "byte").output
    #expect(words.contains("3 bytes, bytes:1:1") && words.contains("\"a[FF]b\""))
    #expect(
      try bard.run("originality", "bytes", "--corpus", "b.txt").errors
        == "Error: bytes is not valid UTF-8 at byte 1. Convert the file to UTF-8. Or use --unit byte, which reads any file.\n"
    )
  }

  @Test func wrongArgumentsAreAnsweredInWords() throws {
    let bard = try files()
    try bard.write("", to: "empty.txt")
    let text = try bard.run("originality", "empty.txt", "--corpus", "cat.txt")
    #expect(text.status == 1)
    #expect(text.errors == "Error: empty.txt is empty: there is nothing to compare.\n")
    let corpus = try bard.run("originality", "cat.txt", "--corpus", "empty.txt")
    #expect(corpus.status == 1)
    #expect(corpus.errors == "Error: The corpus is empty: empty.txt. Give the text to compare with.\n")
    #expect(try bard.run("originality", "cat.txt", "--corpus", "empty.txt", "hamlet.txt").status == 0)
    #expect(
      try bard.run("originality", "none.txt", "--corpus", "cat.txt").errors
        == "Error: Cannot read none.txt: No such file or directory.\n")
    #expect(try bard.run("originality", "cat.txt").status == 64)
    #expect(try bard.run("originality", "cat.txt", "--corpus", "cat.txt", "--passages", "-1").status == 64)
  }
}

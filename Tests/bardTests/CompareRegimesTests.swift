import Foundation
import Testing

@Suite struct CompareRegimesTests {
  private let small = [
    "compare-regimes", "corpus.txt", "--steps", "12", "--hidden-size", "16", "--embedding-size", "8", "--lanes", "4",
    "--time-steps", "10", "--quiet",
  ]

  private func bard() throws -> BardProcess {
    let bard = try BardProcess()
    try bard.write(String(repeating: "the cat sat on the mat, and the dog ran off.\n", count: 80), to: "corpus.txt")
    return bard
  }

  private func output(_ bard: BardProcess, _ more: String...) throws -> (text: String, status: Int32) {
    let (process, output, _) = try bard.start(small + more)
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: text, as: UTF8.self), process.terminationStatus)
  }

  @Test func theFourAreSetBesideEachOther() throws {
    let lines = try output(bard()).text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines[3].split(separator: " ") == ["epochs", "carried", "1", "2-4", "5-16", "17-64", "65-256"])
    #expect(lines[4].hasPrefix("many-to-one windows  "))
    #expect(lines[5].hasPrefix("many-to-many, shuffled "))
    #expect(lines[6].hasPrefix("many-to-many, reset  "))
    #expect(lines[7].hasPrefix("many-to-many, stateful "))
    // the networks are hardly trained
    #expect(lines[9].hasPrefix("Carrying the state does not help here: the loss of the stateful network is"))
  }

  @Test func jsonHasTheSameNumbers() throws {
    struct Report: Decodable {
      struct Regime: Decodable {
        let regime: String
        let objective: String
        let state: String
        let steps: Int
        let predictions: Int
        let validationLoss: Double
        let lossByPosition: [Double]?
      }
      let regimes: [Regime]
    }
    let bard = try bard()
    let report = try JSONDecoder().decode(Report.self, from: Data(try output(bard, "--json").text.utf8))
    #expect(report.regimes.map(\.objective) == ["last", "every", "every", "every"])
    #expect(report.regimes.map(\.state) == ["shuffle", "shuffle", "reset", "carry"])
    #expect(report.regimes.map(\.steps) == [12, 12, 12, 12])
    #expect(report.regimes.map(\.predictions) == [48, 480, 480, 480])
    #expect(report.regimes.allSatisfy { $0.lossByPosition?.count == 256 })
    let rows = try output(bard).text.split(separator: "\n")[3...]
    for (regime, row) in zip(report.regimes, rows) {
      #expect(row.contains(String(format: "%.4f", regime.validationLoss)))
    }
  }

  @Test func whatIsComparedCannotBeGiven() throws {
    let bard = try bard()
    #expect(
      try bard.run("compare-regimes", "corpus.txt", "--state", "carry").errors.hasPrefix(
        "Error: Leave out --state and --objective: the four networks differ in exactly these two settings.\n"))
    #expect(
      try bard.run("compare-regimes", "corpus.txt", "--patience", "3").errors.hasPrefix(
        "Error: Leave out --patience: each of the four networks uses its whole budget.\n"))
    #expect(try output(bard, "--state", "carry").status == 64)
    #expect(try output(bard, "--objective", "last").status == 64)
    #expect(try output(bard, "--minutes", "0").status == 64)
    #expect(try output(bard, "--validation-fraction", "0").status == 1)
    try bard.write("ab", to: "corpus.txt")
    let short = try bard.run("compare-regimes", "corpus.txt", "--quiet")
    #expect(
      short.errors.hasPrefix("Error: This text is too short to learn from: its training part has 1 character, and one"))
  }
}

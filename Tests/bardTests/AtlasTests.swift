import Foundation
import Testing

@testable import CharLSTM
@testable import bard

@Suite struct AtlasTests {
  private struct Report: Decodable {
    struct Cell: Decodable {
      let layer: Int
      let cell: Int
      let correlation: Double
    }
    struct Feature: Decodable {
      let feature: String
      let mean: Double
      let largest: Int
      let best: [Cell]
    }
    struct Saturation: Decodable {
      let layer: Int
      let gate: String
      let left: Double
      let right: Double
      let alwaysLeft: Int
      let alwaysRight: Int
    }
    let text: String
    let from: Int
    let characters: Int
    let warmUp: Int
    let activation: String
    let layers: Int
    let cells: Int
    let features: [Feature]
    let constantFeatures: [String]
    let saturation: [Saturation]
  }

  /// The part of the page's data that is compared here.
  private struct Contents: Decodable {
    struct Feature: Decodable {
      let id: String
      let mean: Double
      let correlations: [Double?]
    }
    struct Saturation: Decodable {
      struct Layer: Decodable {
        let left: Double
        let right: Double
        let alwaysLeft: Int
        let alwaysRight: Int
      }
      let gate: String
      let layers: [Layer]
    }
    let cells: [[Int]]
    let characters: [[String]]
    let text: [Int]
    let features: [Feature]
    let saturation: [Saturation]
  }

  private func contents(_ html: String) throws -> Contents {
    let start = try #require(html.range(of: "id=\"atlas\">")).upperBound
    let end = try #require(html.range(of: "</script>", range: start..<html.endIndex)).lowerBound
    return try JSONDecoder().decode(Contents.self, from: Data(html[start..<end].utf8))
  }

  private func report(_ text: String) throws -> Report { try JSONDecoder().decode(Report.self, from: Data(text.utf8)) }

  @Test func numbersOfTheObjectAreThoseOfThePage() throws {
    let bard = try BardProcess()
    try bard.trainModel("m", steps: 30, ["--layers", "2"])
    let result = try bard.run("atlas", "m.safetensors", "corpus.txt", "--json", "--html", "a.html", "--length", "500")
    #expect(result.status == 0)
    #expect(
      result.errors.hasPrefix("Wrote a.html (0.")
        && result.errors.hasSuffix("The page shows all 32 cells, with 12 bits per value.\n"))
    let report = try report(result.output)
    let page = try contents(try bard.text("a.html"))
    #expect(report.text == "corpus.txt" && report.from == 0 && report.characters == 500 && report.warmUp == 0)
    #expect(report.layers == 2 && report.cells == 16 && report.activation == "cell")
    #expect(report.features.map(\.feature) == page.features.map(\.id))
    #expect(report.constantFeatures.contains("digit") && !report.constantFeatures.contains("line-position"))
    for (feature, other) in zip(report.features, page.features) {
      #expect(feature.mean == other.mean && feature.best.count == 10)
      for cell in feature.best {
        let place = try #require(page.cells.firstIndex(of: [cell.layer, cell.cell]))
        #expect(other.correlations[place] == cell.correlation)
      }
      let largest = other.correlations.compactMap { $0?.magnitude }.max()
      #expect(feature.best[0].correlation.magnitude == largest)
    }
    #expect(report.features[0].largest == 44)
    #expect(report.saturation.map(\.gate) == ["input", "forget", "output", "input", "forget", "output"])
    for saturation in report.saturation {
      let gate = try #require(page.saturation.first { $0.gate == saturation.gate })
      #expect(gate.layers[saturation.layer].left == saturation.left)
      #expect(gate.layers[saturation.layer].right == saturation.right)
      #expect(gate.layers[saturation.layer].alwaysRight == saturation.alwaysRight)
    }
  }

  @Test func theTableSaysTheSame() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    let report = try report(
      bard.run("atlas", "m.safetensors", "corpus.txt", "--json", "--from", "600", "--length", "300").output)
    #expect(report.from == 600 && report.warmUp == 512 && report.characters == 300)
    let table = try bard.run("atlas", "m.safetensors", "corpus.txt", "--from", "600", "--length", "300").output
    let lines = table.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines[0] == "corpus.txt, characters 600 to 899, read after the 512 before them")
    #expect(lines[1] == "1 x 16 cells, numbered from 0; r: correlation of tanh(c) with the feature")
    #expect(lines.allSatisfy { $0.count <= 80 })
    let line = try #require(lines.first { $0.hasPrefix("position in the line") })
    let best = report.features[0].best
    #expect(
      line.split(separator: " ").dropFirst(4).map(String.init) == [
        fixed(report.features[0].mean, 3), "0", "\(best[0].cell)", fixed(best[0].correlation, 3), "\(best[1].cell)",
        fixed(best[1].correlation, 3) + ",", "\(best[2].cell)", fixed(best[2].correlation, 3),
      ])
    let left = try #require(lines.firstIndex { $0.hasPrefix("not shown, because they never change in this text: ") })
    #expect(lines[left...].joined(separator: " ").contains("speaker's name"))
    let forget = try #require(lines.first { $0.hasPrefix("layer 0, forget") })
    #expect(
      forget.split(separator: " ").dropFirst(3).map(String.init) == [
        fixed(report.saturation[1].left, 3), fixed(report.saturation[1].right, 3),
        "\(report.saturation[1].alwaysLeft)", "\(report.saturation[1].alwaysRight)",
      ])
    let hidden = try bard.run("atlas", "m.safetensors", "corpus.txt", "--activation", "hidden").output
    #expect(hidden.contains("correlation of h with the feature"))
    let one = try bard.run("atlas", "m.safetensors", "corpus.txt", "--threads", "1", "--json").output
    #expect(try bard.run("atlas", "m.safetensors", "corpus.txt", "--threads", "3", "--json").output == one)
  }

  @Test func anExistingPageStays() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    try bard.write("mine", to: "a.html")
    let refused = try bard.run("atlas", "m.safetensors", "corpus.txt", "--html", "a.html")
    #expect(refused.status == 1 && refused.output.isEmpty)
    #expect(
      refused.errors
        == "Error: a.html already exists. Give another file name with --html, or use --force to overwrite it.\n")
    #expect(try bard.text("a.html") == "mine")
    let forced = try bard.run(
      "atlas", "m.safetensors", "corpus.txt", "--html", "a.html", "--force", "--cells", "5", "--length", "200")
    #expect(forced.status == 0)
    #expect(forced.errors.hasSuffix("The page shows 5 of the 16 cells, with 12 bits per value.\n"))
    #expect(try contents(try bard.text("a.html")).cells.count == 5)
    #expect(try bard.run("atlas", "m.safetensors", "corpus.txt", "--html", "no/a.html").status == 1)
  }

  @Test(arguments: ["byte", "scalar", "character"]) func everyUnit(unit: String) throws {
    let bard = try BardProcess()
    let text = String(repeating: "ne\u{301}e “ja” \u{1F469}\u{200D}\u{1F680}\r\nthe end.\n", count: 60)
    try bard.write(text, to: "corpus.txt")
    try bard.trainModel("m", ["--unit", unit])
    let result = try bard.run("atlas", "m.safetensors", "corpus.txt", "--json", "--html", "a.html", "--length", "400")
    #expect(result.status == 0)
    let page = try contents(try bard.text("a.html"))
    #expect(page.text.count == 400)
    let shown = page.text.prefix(4).map { page.characters[$0][0] }
    let expected = [
      "byte": ["n", "e", "◌\u{301}", "·"], "scalar": ["n", "e", "◌\u{301}", "e"],
      "character": ["n", "e\u{301}", "e", " "],
    ]
    #expect(shown == expected[unit])
    #expect(try report(result.output).features.contains { $0.feature == "quotes" })
    #expect(
      try bard.run("atlas", "m.safetensors", "corpus.txt", "--length", "9").output.hasPrefix(
        "corpus.txt, \(unit)s 0 to 8, read from a zero state\n"))
  }

  @Test func whatCannotBe() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    #expect(
      try bard.run("atlas", "m.safetensors", "corpus.txt", "--from", "1800").errors
        == "Error: corpus.txt has only 1,800 characters, numbered from 0, so --from 1800 is past its end.\n")
    #expect(
      try bard.run("atlas", "m.safetensors", "corpus.txt", "--from", "1799").errors
        == "Error: The passage has only 1 character; an atlas needs at least 2.\n")
    for wrong in [
      ["--length", "1"], ["--length", "100001"], ["--from", "-1"], ["--html", "a.html", "--cells", "0"], ["--force"],
      ["--cells", "3"], ["--activation", "gate"], ["third"],
    ] {
      let (process, _, _) = try bard.start(["atlas", "m.safetensors", "corpus.txt"] + wrong)
      process.waitUntilExit()
      #expect(process.terminationStatus == 64, "\(wrong)")
    }
    #expect(try bard.run("atlas", "m.safetensors", "none.txt").status == 1)
  }
}

import Foundation
import Testing

@Suite struct SurpriseTests {
  private struct Candidate: Decodable, Equatable {
    let id: Int
    let text: String?
    let byte: UInt8?
    let unknown: Bool?
    let probability: Double
  }
  private struct Character: Decodable, Equatable {
    let id: Int
    let text: String?
    let byte: UInt8?
    let unknown: Bool?
    let bits: Double?
    let likeliest: [Candidate]
  }
  private struct Report: Decodable {
    let from: Int
    let sequence: [Character]
    let characters: Int
    let bits: Double
    let bitsPerCharacter: Double?
    let natsPerCharacter: Double?
    let perplexity: Double?
  }

  private func report(_ bard: BardProcess, _ arguments: String...) throws -> Report {
    let (process, output, _) = try bard.start(["surprise", "m.safetensors"] + arguments + ["--json"])
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try JSONDecoder().decode(Report.self, from: text)
  }

  @Test func totalsAreThoseOfEvaluate() throws {
    let bard = try BardProcess()
    try bard.trainModel(steps: 60)
    let evaluated = try bard.run(
      "evaluate", "m.safetensors", "corpus.txt", "--whole", "--lanes", "1", "--json", "--no-ngram")
    struct Totals: Decodable, Equatable {
      let characters: Int
      let bitsPerCharacter: Double
      let natsPerCharacter: Double
      let perplexity: Double
    }
    let expected = try JSONDecoder().decode(Totals.self, from: Data(evaluated.output.utf8))
    let found = try report(bard, "corpus.txt")
    #expect(found.characters == 1799 && expected.characters == 1799)
    #expect(found.bitsPerCharacter == expected.bitsPerCharacter)
    #expect(found.natsPerCharacter == expected.natsPerCharacter)
    #expect(found.perplexity == expected.perplexity)
    #expect(abs(found.bits - expected.bitsPerCharacter * 1799) < 1e-6)
    let plain = try bard.run("surprise", "m.safetensors", "corpus.txt").output
    #expect(plain.contains("corpus.txt, including what the model was trained on\ncharacters predicted  1,799\n"))
    #expect(plain.contains("\nnats per character    \(String(format: "%.6f", expected.natsPerCharacter))\n"))
    #expect(plain.hasSuffix("\nperplexity            \(String(format: "%.2f", expected.perplexity))\n"))
  }

  @Test func everyCharacterHasItsBitsAndWhatWasExpected() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    try bard.write("the dog\n", to: "t.txt")
    let found = try report(bard, "t.txt")
    #expect(found.sequence.compactMap(\.text) == ["t", "h", "e", " ", "d", "o", "g", "\n"])
    #expect(found.sequence[0].bits == nil && found.sequence[0].likeliest.isEmpty)
    #expect(abs(found.sequence.compactMap(\.bits).reduce(0, +) - found.bits) < 1e-9)
    #expect(found.from == 1)
    for entry in found.sequence.dropFirst() {
      #expect(entry.likeliest.count == 5)
      #expect(entry.likeliest.map(\.probability) == entry.likeliest.map(\.probability).sorted(by: >))
      if let known = entry.likeliest.first(where: { $0.id == entry.id }), let bits = entry.bits {
        #expect(known.text == entry.text)
        #expect(abs(-log2(known.probability) - bits) < 1e-4)
      }
    }
    // a part has the same figures as it has within the whole text
    let part = try report(bard, "t.txt", "--from", "3", "--length", "4")
    #expect(part.sequence == Array(found.sequence[2..<6]))
    #expect(part.from == 3 && part.characters == 4)
    #expect(abs(part.bits - found.sequence[2..<6].compactMap(\.bits).reduce(0, +)) < 1e-9)
    let rest = try report(bard, "t.txt", "--from", "8", "--length", "9223372036854775807")
    #expect(rest.sequence == [found.sequence[7]])
    let first = try report(bard, "t.txt", "--length", "1")
    #expect(first.sequence.count == 1 && first.characters == 0 && first.perplexity == nil)
  }

  @Test func unknownCharactersAreShownAsTheyStand() throws {
    let bard = try BardProcess()
    try bard.write(String(repeating: "the cat sat on the mat.\n", count: 40) + "é", to: "corpus.txt")
    try bard.trainModel("m", ["--min-count", "2"])
    try bard.write("thé ç", to: "t.txt")
    let found = try report(bard, "t.txt")
    #expect(found.sequence.map(\.text) == ["t", "h", "é", " ", "ç"])
    #expect(found.sequence.map(\.unknown) == [nil, nil, true, nil, true])
    #expect(found.sequence[2].id == found.sequence[4].id)
    #expect(try bard.run("surprise", "m.safetensors", "t.txt").output.contains("\nthé ç\n-"))
  }

  @Test func bytesAreTheirOwnCharacters() throws {
    let bard = try BardProcess()
    try bard.write(String(repeating: "thé cât.\n", count: 100), to: "corpus.txt")
    try bard.trainModel("m", ["--unit", "byte"])
    try bard.write(Array("thé".utf8) + [0xC3], to: "t.txt")
    let found = try report(bard, "t.txt")
    #expect(found.sequence.map(\.byte) == [0x74, 0x68, 0xC3, 0xA9, 0xC3])
    #expect(found.sequence.map(\.text) == ["t", "h", nil, nil, nil])
    let plain = try bard.run("surprise", "m.safetensors", "t.txt").output
    let sum = (found.sequence[2].bits ?? 0) + (found.sequence[3].bits ?? 0)
    let row = try #require(plain.split(separator: "\n").drop { $0 != "thé[C3]" }.dropFirst().first)
    #expect(row.dropFirst(2).prefix(1) == (sum < 0.5 ? "." : sum < 9.5 ? "\(Int(sum.rounded()))" : "+"))
  }

  @Test func aPageIsWrittenWholeAndNotOverwritten() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    let result = try bard.run("surprise", "m.safetensors", "corpus.txt", "--html", "s.html", "--from", "2")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("corpus.txt, including what the model was trained on, characters 2 to 1,800\n"))
    #expect(!result.output.contains("the cat"))
    #expect(result.errors.hasPrefix("Wrote s.html (0."))
    let html = try bard.text("s.html")
    #expect(html.contains("<h1>Surprise in corpus.txt</h1>"))
    #expect(html.contains("; read by m.safetensors</p>"))
    #expect(html.components(separatedBy: "</b>").count == 1800)
    #expect(html.contains("const first = 2;"))
    let perplexity = try #require(result.output.split(separator: "\n").last).split(separator: " ").last
    #expect(html.contains("<dt>perplexity</dt><dd>\(try #require(perplexity))</dd>"))
    let again = try bard.run("surprise", "m.safetensors", "corpus.txt", "--html", "s.html")
    #expect(again.status == 1)
    #expect(
      again.errors
        == "Error: s.html already exists. Give another file name with --html, or use --force to overwrite it.\n")
    #expect(try bard.text("s.html") == html)
    #expect(try bard.run("surprise", "m.safetensors", "corpus.txt", "--html", "s.html", "--force").status == 0)
    #expect(try bard.text("s.html") != html)
    #expect(try bard.run("surprise", "m.safetensors", "corpus.txt", "--html", "none/s.html").status == 1)
  }

  @Test func aLongTextIsCutOnThePageAndThatIsSaid() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    try bard.write(String(repeating: "the cat sat on the mat, and the dog ran off.\n", count: 1200), to: "long.txt")
    let result = try bard.run("surprise", "m.safetensors", "long.txt", "--html", "s.html")
    #expect(result.output.contains("\ncharacters predicted  53,999\n"))
    let note =
      "This page shows the first 50,000 of 54,000 characters; the totals count all of them. Use --from and --length of bard"
      + " surprise to see others."
    #expect(result.errors.hasSuffix(note + "\n"))
    let html = try bard.text("s.html")
    #expect(html.contains(note))
    #expect(html.components(separatedBy: "</b>").count == 50_001)
    #expect(html.contains("<dd>53,999</dd>"))
    #expect(html.utf8.count < 4_000_000)
  }

  @Test func wrongArgumentsAreAnsweredInWords() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    try bard.write("t", to: "one.txt")
    #expect(
      try bard.run("surprise", "m.safetensors", "one.txt").errors
        == "Error: one.txt is too short: it has 1 character, and predicting one needs 2.\n")
    try bard.write("the cat", to: "seven.txt")
    let behind = try bard.run("surprise", "m.safetensors", "seven.txt", "--from", "8")
    #expect(behind.status == 1)
    #expect(behind.errors == "Error: seven.txt has only 7 characters, so --from 8 is past its end.\n")
    #expect(try bard.run("surprise", "m.safetensors", "none.txt").status == 1)
    #expect(try bard.run("surprise", "m.safetensors", "seven.txt", "--from", "0").status == 64)
    #expect(try bard.run("surprise", "m.safetensors", "seven.txt", "--length", "0").status == 64)
    #expect(try bard.run("surprise", "m.safetensors", "seven.txt", "--html", "-").status == 64)
    #expect(try bard.run("surprise").status == 64)
    try bard.write("the caté", to: "unknown.txt")
    #expect(
      try bard.run("surprise", "m.safetensors", "unknown.txt").errors
        == "Error: unknown.txt: the model has never seen “é” (U+00E9), at byte 7, because it is not in the text that the"
        + " model was trained on.\n"
    )
  }

  @Test func coloursStandAtATerminalThatWantsThem() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    try bard.write("the cog\nsat off\n", to: "t.txt")
    let coloured = try PseudoTerminal(bard, ["surprise", "m.safetensors", "t.txt"])
    #expect(try coloured.waitForEnd() == .exit(0))
    #expect(coloured.screen.styles.contains { $0.hasPrefix("0;38;5;16;48;5;") })
    #expect(coloured.screen.unknown == [])
    #expect(coloured.screen.lines.contains { $0.hasPrefix("bits:  under 1   1 to 2 ") })
    for environment in [["NO_COLOR": "1"], ["TERM": "dumb"]] {
      let plain = try PseudoTerminal(bard, ["surprise", "m.safetensors", "t.txt"], environment: environment)
      #expect(try plain.waitForEnd() == .exit(0))
      #expect(!plain.output.contains(0x1B))
      #expect(plain.screen.lines.contains { $0.hasPrefix("the cog") })
    }
  }

  @Test func interruptedItEndsAndLeavesNoPage() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    try bard.write(String(repeating: "the cat sat on the mat.\n", count: 400_000), to: "long.txt")
    let (process, _, _) = try bard.start(["surprise", "m.safetensors", "long.txt", "--html", "s.html"])
    try bard.wait { try bard.names().contains { $0.hasPrefix(".s.html.tmp-") } }
    usleep(500_000)
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(try bard.names().allSatisfy { !$0.contains("s.html") })
  }
}

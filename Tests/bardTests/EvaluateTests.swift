import Foundation
import Testing

@Suite struct EvaluateTests {
  private struct Report: Decodable {
    let characters: Int
    let natsPerCharacter: Double
    let bitsPerCharacter: Double
    let perplexity: Double
  }

  private func report(_ bard: BardProcess, _ more: String...) throws -> Report {
    let (process, output, _) = try bard.start(["evaluate", "m.safetensors", "corpus.txt", "--json"] + more)
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode(Report.self, from: text)
  }

  @Test func figuresAreThoseOfTheText() throws {
    let bard = try BardProcess()
    try bard.trainModel(steps: 60)
    let stateful = try report(bard)
    #expect(stateful.characters == 1799)
    #expect(abs(stateful.bitsPerCharacter - stateful.natsPerCharacter / log(2)) < 1e-12)
    #expect(abs(stateful.perplexity - exp(stateful.natsPerCharacter)) < 1e-9)
    // 1,799 predictions are 7 windows of 256
    #expect(try report(bard, "--windows", "256").characters == 1792)
    #expect(try report(bard, "--windows", "5").natsPerCharacter > stateful.natsPerCharacter)
    let words = try bard.run("evaluate", "m.safetensors", "corpus.txt").output
    #expect(words.hasPrefix("corpus.txt: 1,799 predictions, stateful\n"))
  }

  @Test func textsThatCannotBeScored() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    try bard.write("t", to: "one.txt")
    let short = try bard.run("evaluate", "m.safetensors", "one.txt")
    #expect(short.status == 1)
    #expect(short.errors == "Error: one.txt: 1 character, too short: it takes 2 to predict one.\n")
    try bard.write("the cat", to: "seven.txt")
    #expect(
      try bard.run("evaluate", "m.safetensors", "seven.txt", "--windows", "7").errors
        == "Error: seven.txt: 7 characters, too short: a window of 7 needs 8.\n")
    try bard.write("the caté", to: "unknown.txt")
    #expect(
      try bard.run("evaluate", "m.safetensors", "unknown.txt").errors
        == "Error: unknown.txt: the model does not know 'é' (U+00E9), at byte 7. It can read only what its corpus was made of.\n"
    )
    #expect(try bard.run("evaluate").status == 64)
    #expect(try bard.run("evaluate", "a", "b", "--windows", "0").status == 64)
  }
}

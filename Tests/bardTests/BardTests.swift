import Foundation
import Testing

@testable import bard

@Suite struct BardTests {
  @Test func everyHelpHasAnExample() throws {
    let bard = try BardProcess()
    #expect(try bard.run("--help").output.contains("bard train poems.txt --output poems.safetensors"))
    for command in [
      "train", "repl", "generate", "evaluate", "surprise", "atlas", "originality", "inspect", "report", "explain",
      "compare-regimes",
    ] {
      let help = try bard.run("help", command)
      #expect(help.status == 0)
      #expect(
        help.output.contains("Example:\n\n  bard \(command) ")
          || help.output.contains("Example:\n\n    bard \(command) "))
    }
    #expect(try bard.run("--version").output == "\(Bard.version)\n")
    #expect(try bard.run("nonsense").status == 64)
  }

  @Test func aConversationThroughAPipe() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    let result = try bard.run(
      "repl", "m.safetensors", "--seed", "1", "--length", "10",
      input: "the\n/temperature 0.5\ncat\n//x\n/quit\nnever read\n")
    #expect(result.status == 0)
    #expect(!result.output.contains("> "))
    #expect(!(result.output + result.errors).contains("\u{1B}"))
    #expect(result.output.count >= 20 && result.output.count <= 24)
    #expect(result.errors == "temperature is now 0.5\nthe model does not know '/' (U+002F).\n")
  }

  @Test func optionsAreNamedAfterProperties() {
    #expect(optionName("hiddenSize") == "--hidden-size")
    #expect(optionName("seed") == "--seed")
  }
}

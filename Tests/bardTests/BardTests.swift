import Foundation
import Testing

@testable import bard

@Suite struct BardTests {
  @Test func everyHelpHasAnExample() throws {
    let bard = try BardProcess()
    #expect(try bard.run("--help").output.contains("bard train poems.txt --output poems.safetensors"))
    for command in ["train", "repl", "generate", "evaluate", "surprise", "atlas", "originality", "inspect"] {
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

  @Test func numbersInWords() {
    #expect(fixed(1.23456, 2) == "1.23")
    #expect(fixed(-0.999, 2) == "-1.00")
    #expect(fixed(0.05, 1) == "0.1")
    #expect(fixed(7, 0) == "7")
    #expect(fixed(.infinity, 2) == "inf")
    #expect(grouped(1_234_567) == "1,234,567")
    #expect(grouped(-999) == "-999")
    #expect(duration(75) == "1:15")
    #expect(duration(3700) == "1:01:40")
    #expect(duration(.infinity) == "-:--")
    #expect(counted(1, "step") == "1 step")
    #expect(counted(2000, "minibatch", "minibatches") == "2,000 minibatches")
    #expect(significant(0.003) == "0.003")
    #expect(significant(5) == "5")
    #expect(optionName("hiddenSize") == "--hidden-size")
  }
}

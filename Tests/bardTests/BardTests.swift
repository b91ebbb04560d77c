import CharLSTM
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
        help.output.contains("Examples:\n\n  bard \(command) ")
          || help.output.contains("Example:\n\n  bard \(command) "))
    }
    #expect(try bard.run("--version").output == "\(Bard.version)\n")
    let typo = try bard.run("inspekt", "m.safetensors")
    #expect(typo.status == 64)
    #expect(
      typo.errors.hasPrefix(
        "Error: bard has no subcommand 'inspekt'. It has train, repl, generate, evaluate, surprise, atlas, originality, inspect,"
          + " report, explain, compare-regimes.\n"))
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
    #expect(result.errors == "temperature is now 0.5\nthe model has never seen “/” (U+002F).\n")
  }

  /// Every setting in the tables has an option, and every option has a setting.
  @Test func everySettingHasAnOption() throws {
    let network = Set(
      Mirror(reflecting: NetworkOptions()).children.compactMap { $0.label.map { String($0.dropFirst()) } })
    let settings = TrainingConfiguration.settings.map(\.name) + ModelConfiguration.settings.map(\.name)
    #expect(network == Set(settings).subtracting(["vocabularySize"]))
    let given = try NetworkOptions.parse(["--lanes", "7", "--no-locked-dropout", "--state", "reset", "--seed", "5"])
      .given
    #expect(
      given == [
        "lanes": .whole(7), "isDropoutLocked": .flag(false), "stateHandling": .choice("reset"), "seed": .seed(5),
      ])
    let sampling = try SamplingOptions.parse(["--top-k", "3", "--temperature", "0.25", "--stop", "x"])
    #expect(sampling.parameters == SamplingParameters(temperature: 0.25, topK: 3, stop: ["x"]))
  }
}

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
        "Error: bard has no subcommand 'inspekt'. The subcommands are train, repl, generate, evaluate, surprise, atlas,"
          + " originality, inspect, report, explain, compare-regimes.\n"))
  }

  @Test func helpNamesWhatIsGiven() throws {
    let bard = try BardProcess()
    for command in ["repl", "generate", "inspect"] {
      #expect(try bard.run("help", command).output.contains("\n  <model>                 A model file. (default: "))
    }
    let training = try bard.run("help", "train").output
    #expect(training.contains("\n  --resume <model>"))
    #expect(try bard.run("help", "repl").output.contains("\n  --stop <string>         End a text just before STRING"))
    // the four networks differ in the first two, and none of them ends early
    let regimes = try bard.run("help", "compare-regimes").output
    for option in ["--objective", "--state", "--patience"] {
      #expect(training.contains("\n  \(option) <") && !regimes.contains(option))
    }
    #expect(regimes.contains("\n  --lanes <"))
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
    #expect(
      result.errors
        == "The temperature is now 0.5.\nThe model has never seen “/” (U+002F). Leave it out, or start bard repl with"
        + " --unknown skip.\n")
  }

  @Test(arguments: [
    ["generate", "m.safetensors", "--output", "-", "--length", "5"],
    ["generate", "m.safetensors", "--output", "-", "--length", "5", "--format", "jsonl"],
    ["evaluate", "m.safetensors", "corpus.txt"], ["surprise", "m.safetensors", "corpus.txt", "--length", "50"],
    ["atlas", "m.safetensors", "corpus.txt", "--length", "50"],
    ["originality", "corpus.txt", "--corpus", "corpus.txt"],
    ["inspect", "m.safetensors"], ["report", "m.safetensors"], ["explain"],
    ["compare-regimes", "corpus.txt", "--steps", "1", "--hidden-size", "16"],
  ]) func aFullDiskIsAnError(arguments: [String]) throws {
    let bard = try BardProcess()
    try bard.trainModel()
    let process = Process()
    process.executableURL = BardProcess.executable
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: bard.path(""))
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    #expect(
      told.hasSuffix(
        "Error: Cannot write to standard output: No space left on device. The output is incomplete.\n"), "\(told)")
  }

  /// --force replaces an earlier result, and never a file that the command reads.
  @Test(arguments: [
    (["generate", "m.safetensors"], "--output", "m.safetensors"),
    (["generate", "--prompt-file", "corpus.txt", "m.safetensors"], "--output", "./corpus.txt"),
    (["atlas", "m.safetensors", "corpus.txt"], "--html", "corpus.txt"),
    (["explain", "corpus.txt"], "--html", "corpus.txt"),
    (["surprise", "m.safetensors", "corpus.txt"], "--html", "m.safetensors"),
    (["report", "m.safetensors"], "--html", "m.training.safetensors"),
    (["compare-regimes", "corpus.txt"], "--html", "corpus.txt"),
  ]) func inputsAreNeverReplaced(arguments: [String], option: String, path: String) throws {
    let bard = try BardProcess()
    try bard.trainModel()
    let before = try bard.bytes(path)
    let (process, _, errors) = try bard.start(arguments + [option, path, "--force"])
    let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    #expect(told.contains("Error: \(option) \(path) would replace "), "\(told)")
    #expect(try bard.bytes(path) == before)
  }

  @Test func anOutputIsTheNameOfAFile() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    #expect(
      try bard.run("generate", "m.safetensors", "--output", "").errors == "Error: --output needs the name of a file.\n")
    #expect(
      try bard.run("generate", "m.safetensors", "--output", ".", "--force").errors
        == "Error: . is a folder. Give --output the name of a file.\n")
  }

  /// Every setting in the tables has an option, and every option has a setting.
  @Test func everySettingHasAnOption() throws {
    func names(_ options: Any) -> [String] {
      Mirror(reflecting: options).children.compactMap { $0.label.map { String($0.dropFirst()) } }
    }
    let network = names(NetworkOptions()) + names(SingleRunOptions())
    let settings = TrainingConfiguration.settings.map(\.name) + ModelConfiguration.settings.map(\.name)
    #expect(network.sorted() == settings.filter { $0 != "vocabularySize" }.sorted())
    let given = try NetworkOptions.parse(["--lanes", "7", "--no-locked-dropout", "--seed", "5"]).given
    #expect(given == ["lanes": .whole(7), "isDropoutLocked": .flag(false), "seed": .seed(5)])
    let single = try SingleRunOptions.parse(["--state", "reset", "--patience", "3"]).given
    #expect(single == ["stateHandling": .choice("reset"), "patience": .whole(3)])
    let sampling = try SamplingOptions.parse(["--top-k", "3", "--temperature", "0.25", "--stop", "x"])
    #expect(sampling.parameters == SamplingParameters(temperature: 0.25, topK: 3, stop: ["x"]))
  }
}

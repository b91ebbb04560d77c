import Foundation
import Testing

@Suite struct GenerateTests {
  private struct Line: Decodable, Equatable {
    let index: Int
    let seed: UInt64
    let prompt: String
    let text: String
    let ending: String
  }

  private func lines(_ text: String) throws -> [Line] {
    try text.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
  }

  private func model() throws -> BardProcess {
    let bard = try BardProcess()
    try bard.trainModel()
    return bard
  }

  @Test func textsDependOnSeedAndIndexAlone() throws {
    let bard = try model()
    func generate(_ count: String, _ threads: String) throws -> [Line] {
      let result = try bard.run(
        "generate", "m.safetensors", "--output", "-", "--format", "jsonl", "--count", count, "--length", "70", "--seed",
        "3",
        "--prompt", "the ", "--threads", threads)
      #expect(result.status == 0)
      return try lines(result.output)
    }
    let five = try generate("5", "2")
    #expect(five.map(\.index) == [0, 1, 2, 3, 4])
    #expect(five.allSatisfy { $0.text.count == 70 && $0.prompt == "the " && $0.seed == 3 && $0.ending == "length" })
    #expect(Set(five.map(\.text)).count == 5)
    #expect(try generate("5", "1") == five)
    #expect(try generate("3", "3") == Array(five[..<3]))
    // the single text that is streamed is text 0
    let streamed = try bard.run(
      "generate", "m.safetensors", "--output", "-", "--length", "70", "--seed", "3", "--prompt", "the ")
    #expect(streamed.output == "the " + five[0].text + (five[0].text.hasSuffix("\n") ? "" : "\n"))
    #expect(streamed.errors.isEmpty)
  }

  @Test func precisionsAreOptionsAndInt8IsTheDefault() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    func text(_ option: String) throws -> String {
      let result = try bard.run(
        "generate", "m.safetensors", "--output", "t.txt", "--force", "--length", "300", "--seed", "3", option)
      #expect(result.status == 0)
      return String(decoding: try bard.bytes("t.txt"), as: UTF8.self)
    }
    #expect(try text("--quiet") == text("--precision=int8"))
    #expect(try text("--precision=bfloat16").count == 301)
    func loss(_ precision: String) throws -> String {
      try bard.run("evaluate", "m.safetensors", "t.txt", "--precision", precision, "--json").output
    }
    let losses = try ["float32", "bfloat16", "int8"].map { try loss($0) }
    #expect(Set(losses).count == 3)
    #expect(losses.allSatisfy { $0.contains("natsPerCharacter") })
    #expect(try bard.run("generate", "m.safetensors", "--output", "-", "--precision", "int4").status == 64)
  }

  @Test func aFileIsWrittenWholeAndNotOverwritten() throws {
    let bard = try model()
    let arguments = ["m.safetensors", "--output", "new.txt", "--count", "3", "--length", "20", "--seed", "1"]
    let (process, _, _) = try bard.start(["generate"] + arguments)
    process.waitUntilExit()
    let text = try bard.text("new.txt")
    #expect(text.components(separatedBy: "====================\n").count == 3)
    let again = try bard.run("generate", "m.safetensors", "--output", "new.txt")
    #expect(again.status == 1)
    #expect(
      again.errors
        == "Error: new.txt already exists. Give another file name with --output, or use --force to overwrite it.\n")
    #expect(try bard.text("new.txt") == text)
    #expect(try bard.run("generate", "m.safetensors", "--output", "new.txt", "--force", "--length", "5").status == 0)
    #expect(try bard.text("new.txt") != text)
  }

  @Test(arguments: [SIGKILL, SIGINT]) func endedHalfWayItLeavesNoFile(signal: Int32) throws {
    let bard = try model()
    let (process, _, _) = try bard.start(
      ["generate", "m.safetensors", "--output", "big.txt", "--count", "64", "--length", "100000000"])
    try bard.wait { try bard.names().contains { $0.hasPrefix(".big.txt.tmp-") } }
    usleep(100_000)
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(!bard.exists("big.txt"))
    if signal == SIGINT {
      #expect(process.terminationStatus == 130)
      #expect(try bard.names().allSatisfy { !$0.contains("big") })
    }
  }

  @Test func promptsComeFromFiles() throws {
    let bard = try model()
    try bard.write("the cat\r\nthe dog\n", to: "prompts.txt")
    let result = try bard.run(
      "generate", "m.safetensors", "--output", "-", "--prompts", "prompts.txt", "--count", "2", "--length", "4",
      "--format",
      "jsonl", "--seed", "2")
    #expect(try lines(result.output).map(\.prompt) == ["the cat", "the dog", "the cat", "the dog"])
    // a larger number of texts does not change any of them
    let one = try bard.run(
      "generate", "m.safetensors", "--output", "-", "--prompts", "prompts.txt", "--length", "4", "--format", "jsonl",
      "--seed", "2")
    #expect(try lines(one.output).map(\.text) == lines(result.output).prefix(2).map(\.text))
    try bard.write("the\ncat\n", to: "prompt.txt")
    let whole = try bard.run(
      "generate", "m.safetensors", "--output", "-", "--prompt-file", "prompt.txt", "--length", "3", "--seed", "2")
    #expect(whole.output.hasPrefix("the\ncat\n"))
    try bard.write([0x74, 0x0A, 0x68, 0xE9], to: "broken.txt")
    let broken = try bard.run("generate", "m.safetensors", "--output", "-", "--prompts", "broken.txt")
    #expect(broken.errors == "Error: Line 2 of broken.txt is not valid UTF-8 at byte 1. Convert it to UTF-8.\n")
    #expect(try bard.run("generate", "m.safetensors", "--output", "-", "--prompt", "a", "--prompts", "x").status == 64)
  }

  @Test func moreThanCanBeIsRefused() throws {
    let bard = try model()
    for (option, value, message) in [
      ("--length", "9223372036854775807", "--length must be from 0 to 1,000,000,000, not 9223372036854775807."),
      ("--count", "1000000001", "--count must be from 1 to 1,000,000,000, not 1000000001."),
    ] {
      let result = try bard.run("generate", "m.safetensors", "--output", "-", option, value)
      #expect(result.status == 64)
      #expect(result.errors.hasPrefix("Error: \(message)\n"))
    }
    // the first of a very large number of texts appears at once
    let (process, output, _) = try bard.start(
      [
        "generate", "m.safetensors", "--output", "-", "--length", "100", "--count", "1000000000", "--format", "jsonl",
        "--quiet",
      ])
    #expect(output.fileHandleForReading.readData(ofLength: 100).count == 100)
    try output.fileHandleForReading.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test func unknownCharactersInAPrompt() throws {
    let bard = try model()
    let strict = try bard.run("generate", "m.safetensors", "--output", "-", "--prompt", "thé")
    #expect(strict.status == 1)
    #expect(strict.output.isEmpty)
    #expect(
      strict.errors
        == "Error: The model has never seen “é” (U+00E9). Leave it out, or use --unknown skip.\n")
    let lenient = try bard.run(
      "generate", "m.safetensors", "--output", "-", "--prompt", "thée", "--unknown", "skip", "--length", "3")
    #expect(lenient.status == 0)
    #expect(lenient.output.hasPrefix("the"))
    #expect(lenient.errors == "Left out “é” (U+00E9), which the model has never seen.\n")
  }

  @Test func greedyAndStop() throws {
    let bard = try model()
    func generate(_ more: String...) throws -> String {
      let (process, output, _) = try bard.start(
        ["generate", "m.safetensors", "--output", "-", "--length", "60", "--prompt", "the"] + more)
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return text
    }
    let greedy = try generate("--temperature", "0")
    #expect(try generate("--temperature", "0", "--seed", "77") == greedy)
    #expect(try generate("--top-k", "1") == greedy)
    let stop = String(greedy.dropFirst(20).prefix(3))
    let stopped = try generate("--temperature", "0", "--stop", stop)
    #expect(stopped.count < greedy.count)
    #expect(!stopped.dropFirst(3).contains(stop))
  }

  @Test func damagedCheckpointsAreExplained() throws {
    let bard = try model()
    var bytes = try bard.bytes("m.safetensors")
    bytes.removeLast(10)
    try bard.write(bytes, to: "cut.safetensors")
    let cut = try bard.run("generate", "cut.safetensors", "--output", "-")
    #expect(cut.status == 1)
    #expect(cut.errors.hasPrefix("Error: cut.safetensors is damaged ("))
    try bard.write("hello, this is a text and no checkpoint", to: "text.safetensors")
    #expect(
      try bard.run("inspect", "text.safetensors").errors.hasPrefix(
        "Error: text.safetensors is not a model, or it is damaged (its header would have 8,"))
    #expect(
      try bard.run("inspect", "corpus.txt").errors
        == "Error: corpus.txt is not a model. To train on it: bard train corpus.txt\n")
    #expect(
      try bard.run("inspect", "none.safetensors").errors
        == "Error: Cannot read none.safetensors: No such file or directory.\n")
  }
}

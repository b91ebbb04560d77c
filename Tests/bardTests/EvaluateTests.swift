import Foundation
import Testing

@Suite struct EvaluateTests {
  private struct Report: Decodable {
    let characters: Int
    let window: Int?
    let natsPerCharacter: Double
    let bitsPerCharacter: Double
    let perplexity: Double
    let windows64: Double?
    let windows256: Double?
    let dynamic: Double?
    let ngram: NGram?
    struct NGram: Decodable {
      let order: Int
      let stateful: Double
      let windows256: Double?
    }
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
    let stateful = try report(bard, "--whole")
    #expect(stateful.window == nil)
    #expect(try report(bard, "--whole", "--windows", "5").window == 5)
    #expect(stateful.characters == 1799)
    #expect(abs(stateful.bitsPerCharacter - stateful.natsPerCharacter / log(2)) < 1e-12)
    #expect(abs(stateful.perplexity - exp(stateful.natsPerCharacter)) < 1e-9)
    // 1,799 predictions fill 7 windows of 256
    #expect(try report(bard, "--whole", "--windows", "256").characters == 1792)
    #expect(try report(bard, "--whole", "--windows", "5").natsPerCharacter > stateful.natsPerCharacter)
    let windows = try bard.run("evaluate", "m.safetensors", "corpus.txt", "--whole", "--windows", "256").output
    #expect(windows.hasPrefix("corpus.txt, including what the model was trained on: 1,792 predictions\nwindows of 256"))
    #expect(stateful.windows256 == (try report(bard, "--whole", "--windows", "256").natsPerCharacter))
    #expect(stateful.windows64 == (try report(bard, "--whole", "--windows", "64").natsPerCharacter))
  }

  @Test func ofItsOwnCorpusTheHeldOutPartIsScoredBesideCounting() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    let evaluation = try report(bard)
    #expect(evaluation.characters == 179)
    #expect(evaluation.windows64 != nil && evaluation.windows256 == nil)
    // the corpus repeats one line
    let counted = try #require(evaluation.ngram)
    #expect(counted.stateful < 0.2 && counted.stateful < evaluation.natsPerCharacter)
    let words = try bard.run("evaluate", "m.safetensors", "corpus.txt").output
    let lines = words.split(separator: "\n").map(String.init)
    #expect(lines[0] == "corpus.txt, the held-out last 10 %: 179 predictions")
    #expect(lines[1] == "nats per character  stateful        windows of 64   windows of 256")
    #expect(lines[2].hasPrefix("network             ") && lines[2].hasSuffix(" -"))
    #expect(lines[3].hasPrefix("\(counted.order)-gram"))
    #expect(lines[5].hasPrefix("the network is "))
    #expect(lines[5].hasSuffix(" nats per character worse than the \(counted.order)-gram: train it longer"))
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(try report(bard, "--no-ngram").ngram == nil)

    try bard.write("the dog sat on the mat, and the cat ran off.\n", to: "other.txt")
    let without = try bard.run("evaluate", "m.safetensors", "other.txt").output
    #expect(without.contains("To compare with an n-gram model, give this model's training text: --corpus TEXT"))
    let with = try bard.run("evaluate", "m.safetensors", "other.txt", "--corpus", "corpus.txt").output
    #expect(with.contains("-gram") && !with.contains("--corpus"))
  }

  @Test func anNgramIsNeverMadeOfWhatIsScored() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    let reason = "No n-gram model is scored, because its training text would include the text that is scored.\n"
    #expect(try report(bard, "--whole").ngram == nil)
    #expect(try bard.run("evaluate", "m.safetensors", "corpus.txt", "--whole").output.hasSuffix(reason))

    // a model of a corpus of several files
    try bard.write(String(repeating: "the dog sat on the mat, and the cat ran off.\n", count: 10), to: "more.txt")
    let files = ["corpus.txt", "more.txt"]
    #expect(
      try bard.run("train", files[0], files[1], "--output", "n", "--hidden-size", "16", "--steps", "5", "--quiet")
        .status
        == 0)
    let output = try bard.run("evaluate", "n.safetensors", files[0], files[1]).output
    #expect(output.hasPrefix("corpus.txt, more.txt, the held-out last 10 %: 224 predictions\n"))
    #expect(output.contains("-gram"))
    let part = try bard.run("evaluate", "n.safetensors", "more.txt", "--corpus", files[0], files[1]).output
    #expect(part.hasPrefix("more.txt, including what the model was trained on: 449 predictions\n"))
    #expect(part.hasSuffix(reason))

    try bard.write("the cat and the dog sat.\n", to: "unseen.txt")
    let other = try bard.run("evaluate", "n.safetensors", "unseen.txt", "--corpus", "more.txt").output
    #expect(other.contains("-gram"))
    #expect(
      other.hasSuffix("more.txt is not the text that the model was trained on; the n-gram model counts all of it.\n"))
  }

  @Test func dynamicEvaluationAdaptsToTheText() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    let evaluation = try report(bard, "--dynamic", "--dynamic-time-steps", "8", "--dynamic-rate", "0.003")
    let dynamic = try #require(evaluation.dynamic)
    #expect(dynamic < evaluation.natsPerCharacter && dynamic > 0)
    let still = try #require(try report(bard, "--dynamic", "--dynamic-rate", "0").dynamic)
    #expect(abs(still - evaluation.natsPerCharacter) < 1e-5)
    #expect(try report(bard).dynamic == nil)
    let words = try bard.run("evaluate", "m.safetensors", "corpus.txt", "--dynamic").output
    #expect(words.split(separator: "\n")[3].hasPrefix("network, dynamic    "))

    try bard.write("the dog sat on the mat, and the cat ran off.\n", to: "other.txt")
    let unknown = try bard.run("evaluate", "m.safetensors", "other.txt", "--dynamic")
    #expect(unknown.status == 1)
    #expect(
      unknown.errors
        == "Error: --dynamic needs the text that the model was trained on, to choose the size of its steps. Give it with"
        + " --corpus.\n")
    #expect(try bard.run("evaluate", "m.safetensors", "other.txt", "--corpus", "other.txt", "--dynamic").status == 0)
    for wrong in [["--dynamic-rate", "1"], ["--dynamic", "--windows", "9"], ["--dynamic", "--dynamic-decay", "2"]] {
      let (process, _, _) = try bard.start(["evaluate", "m.safetensors", "corpus.txt"] + wrong)
      process.waitUntilExit()
      #expect(process.terminationStatus == 64)
    }
  }

  @Test func textsThatCannotBeScored() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    try bard.write("t", to: "one.txt")
    let short = try bard.run("evaluate", "m.safetensors", "one.txt")
    #expect(short.status == 1)
    #expect(short.errors == "Error: one.txt is too short: it has 1 character, and predicting one needs 2.\n")
    try bard.write("the cat", to: "seven.txt")
    #expect(
      try bard.run("evaluate", "m.safetensors", "seven.txt", "--windows", "7").errors
        == "Error: seven.txt is too short: it has 7 characters, and a window of 7 needs 8.\n")
    try bard.write("the caté", to: "unknown.txt")
    #expect(
      try bard.run("evaluate", "m.safetensors", "unknown.txt").errors
        == "Error: unknown.txt: the model has never seen “é” (U+00E9), at byte 7, because it is not in the text that the model"
        + " was trained on.\n"
    )
    #expect(try bard.run("evaluate").status == 64)
    #expect(try bard.run("evaluate", "a", "b", "--windows", "0").status == 64)
    #expect(try bard.run("evaluate", "a", "b", "--windows", "9", "--corpus", "c").status == 64)
  }
}

import Foundation
import Testing

@Suite struct TrainTests {
  /// The part of a safetensors file after its header: the weights.
  private func data(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    let length = bytes[..<8].enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
    return bytes[(8 + length)...]
  }

  @Test func resumingEqualsNotStopping() throws {
    let bard = try BardProcess()
    // without explicit values, a longer budget would get more dropout
    let settings = ["--schedule", "constant", "--dropout", "0.5", "--weight-dropout", "0.4"]
    try bard.trainModel("whole", steps: 40, settings)
    try bard.trainModel("parts", steps: 20, settings)
    #expect(data(try bard.bytes("parts.safetensors")) != data(try bard.bytes("whole.safetensors")))
    #expect(try bard.run("train", "--resume", "parts.safetensors", "--steps", "40", "--quiet").status == 0)
    #expect(data(try bard.bytes("parts.safetensors")) == data(try bard.bytes("whole.safetensors")))
  }

  @Test func threadsGiveTheSameWeights() throws {
    let bard = try BardProcess()
    try bard.trainModel("one", ["--threads", "1"])
    try bard.trainModel("three", ["--threads", "3"])
    #expect(data(try bard.bytes("one.safetensors")) == data(try bard.bytes("three.safetensors")))
    #expect(data(try bard.bytes("one.safetensors")).count > 4000)
  }

  @Test func bfloat16IsAnotherTrainingAndStaysWithTheRun() throws {
    let bard = try BardProcess()
    try bard.trainModel("float32", ["--precision", "float32"])
    try bard.trainModel("one", ["--precision", "bfloat16", "--threads", "1"])
    try bard.trainModel("three", ["--precision", "bfloat16", "--threads", "3"])
    #expect(data(try bard.bytes("one.safetensors")) == data(try bard.bytes("three.safetensors")))
    #expect(data(try bard.bytes("one.safetensors")) != data(try bard.bytes("float32.safetensors")))
    #expect(try bard.run("inspect", "one.safetensors").output.contains("bfloat16"))
    let changed = try bard.run("train", "--resume", "one", "--steps", "30", "--precision", "float32")
    #expect(changed.status == 1)
    #expect(
      changed.errors.contains("cannot change this option: --precision float32 (the run has bfloat16). Leave it out"))
  }

  @Test func regularizationIsShownAndStaysWithTheRun() throws {
    let bard = try BardProcess()
    try bard.trainModel(
      "m", ["--dropout", "0.3", "--locked-dropout", "--weight-dropout", "0.25", "--input-noise", "0.1"])
    let inspection = try bard.run("inspect", "m.safetensors").output
    #expect(
      inspection.contains(
        "dropout 0.3, locked dropout, weight dropout 0.25, input noise 0.1, reset probability 0.02, weight decay 0.1\n")
    )
    let changed = try bard.run("train", "--resume", "m", "--steps", "30", "--weight-dropout", "0.5", "--preset", "best")
    #expect(changed.status == 1)
    #expect(
      changed.errors.contains(
        "--weight-dropout 0.5 (the run has 0.25), --preset best (the run keeps the settings it began with)"))
    try bard.trainModel(
      "plain",
      ["--dropout", "0", "--weight-dropout", "0", "--reset-probability", "0", "--weight-decay", "0"])
    #expect(try bard.run("inspect", "plain.safetensors").output.contains("regularization    none\n"))
  }

  @Test func whatIsChosenIsSaid() throws {
    let bard = try BardProcess()
    try bard.write(String(repeating: "the cat sat on the mat, and the dog ran off.\n", count: 40), to: "corpus.txt")
    let told = try bard.run("train", "corpus.txt", "--output", "m", "--steps", "2").errors
    #expect(told.contains("Chose 64 cells: the largest network that can learn well from this text for 2 steps on"))
    // 25 lanes of 64 steps take all of the 1,620 characters
    #expect(told.contains("Chose dropout 0.1, because the text will be read about 2 times; override with --dropout"))
    #expect(told.contains("Training for 2 steps. Writing m.safetensors; open m.html in a browser to watch.\n"))
    let given = try bard.run(
      "train", "corpus.txt", "--output", "n", "--steps", "2", "--hidden-size", "16", "--dropout", "0.4")
    #expect(given.errors.contains("You chose 16 cells.\n"))
    #expect(given.errors.contains("You chose dropout 0.4; the text will be read"))
  }

  @Test func nothingIsWrittenOverByALog() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    let corpus = try bard.text("corpus.txt")
    for arguments in [
      ["corpus.txt", "--output", "n", "--log", "corpus.txt", "--force"],
      ["--resume", "m", "--steps", "30", "--log", "./corpus.txt"],
    ] {
      let (process, _, errors) = try bard.start(["train"] + arguments)
      let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 1)
      #expect(told.contains(" is a file of this run. Give the log another name.\n"))
    }
    #expect(try bard.text("corpus.txt") == corpus)
    try bard.write("mine\n", to: "log")
    #expect(
      try bard.run("train", "corpus.txt", "--output", "n", "--steps", "3", "--log", "log").errors
        == "Error: log already exists. Give another file name with --log, or use --force to overwrite it.\n")
    // a resumed run appends to a log, and only to a log
    #expect(
      try bard.run("train", "--resume", "m", "--steps", "30", "--log", "log", "--quiet").errors
        == "Error: log is not a log of bard train. Give another file name with --log.\n")
    #expect(try bard.text("log") == "mine\n")
    let before = try bard.bytes("m.best.safetensors")
    for file in ["m.safetensors", "./m.best.safetensors", "m.training.safetensors", "m.html"] {
      #expect(
        try bard.run("train", "--resume", "m", "--steps", "30", "--log", file, "--quiet").errors
          == "Error: --log \(file) is a file of this run. Give the log another name.\n")
    }
    #expect(try bard.bytes("m.best.safetensors") == before)
    #expect(
      try bard.run("train", "corpus.txt", "--output", "n", "--steps", "3", "--log", "log", "--force", "--quiet").status
        == 0)
    #expect(try bard.text("log").hasPrefix("{"))
  }

  @Test func theBestModelGoesWithItsRun() throws {
    let bard = try BardProcess()
    try bard.trainModel(steps: 80)
    let best = try bard.bytes("m.best.safetensors")
    #expect(
      try bard.run("train", "--resume", "m", "--output", "n", "--steps", "120", "--quiet").status == 0)
    #expect(try bard.bytes("m.best.safetensors") == best)
    #expect(bard.exists("n.best.safetensors"))
    // if the best model's file is missing, the run does not mention it, and the next validation is the best so far
    try FileManager.default.removeItem(atPath: bard.path("n.best.safetensors"))
    #expect(try bard.run("train", "--resume", "n", "--steps", "160", "--quiet").status == 0)
    #expect(bard.exists("n.best.safetensors"))
    // a run without a best model does not keep that of another run
    #expect(
      try bard.run("train", "corpus.txt", "--output", "n", "--steps", "3", "--validation-fraction", "0").errors
        == "Error: n.safetensors already exists. Use --resume n.safetensors to continue the run, --output to write elsewhere,"
        + " or --force to overwrite its files.\n")
    try bard.trainModel("n", steps: 3, ["--validation-fraction", "0", "--force"])
    #expect(!bard.exists("n.best.safetensors"))
  }

  @Test func whatCannotGoOnIsRefusedByName() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    let changed = try bard.run("train", "--resume", "m", "--steps", "30", "--hidden-size", "9", "--seed", "4")
    #expect(changed.status == 1)
    #expect(
      changed.errors == """
        Error: A resumed run cannot change these options: --hidden-size 9 (the run has 16), --seed 4 (the run has 1). Leave \
        them out, or start a new run without --resume.

        """)
    try bard.write("another text", to: "other.txt")
    let other = try bard.run("train", "other.txt", "--resume", "m", "--steps", "30")
    #expect(other.status == 1)
    #expect(other.errors.contains("other.txt"))
    try bard.write(String(repeating: "the cat sat on the mat, and the dog ran off.\n", count: 41), to: "longer.txt")
    #expect(
      try bard.run("train", "longer.txt", "--resume", "m", "--steps", "30").errors == """
        Error: longer.txt is not the text that m.training.safetensors was trained on (corpus.txt, 1,800 characters). Give that \
        text, or start a new run without --resume.

        """)
    #expect(
      try bard.run("train", "--resume", "m").errors == """
        Error: m has already trained for 20 steps, and you asked for 20. --steps counts from the start of the run: give a larger \
        number.

        """)
    #expect(try bard.run("train", "--resume", "none").status == 1)
  }

  @Test func errorsSayWhatIsWrongWhereAndWhatToDo() throws {
    let bard = try BardProcess()
    try bard.write("", to: "empty.txt")
    try bard.write([0x61, 0x62, 0xFF, 0x63], to: "latin.txt")
    try bard.write("short", to: "short.txt")
    try bard.write("x", to: "m.safetensors")
    for (arguments, message) in [
      (["none.txt"], "Cannot read none.txt: No such file or directory."),
      (["."], ". is a folder. Name the text files in it."),
      (["empty.txt"], "empty.txt is empty. Give a file that has text in it."),
      (
        ["latin.txt"],
        "latin.txt is not valid UTF-8 at byte 2. Convert the file to UTF-8. Or use --unit byte, which reads any file."
      ),
      (
        ["short.txt"],
        "This text is too short to learn from: its training part has 4 characters, and one minibatch needs 65. 100,000 or more"
          + " work well."
      ),
      (
        ["short.txt", "--output", "m"],
        "m.safetensors already exists. Use --resume m.safetensors to continue the run, --output to write elsewhere, or --force"
          + " to overwrite its files."
      ),
      (
        ["short.txt", "--min-count", "7"],
        "No character occurs 7 times, as --min-count asks; the most frequent one occurs 1 time. Give a smaller --min-count."
      ),
      (["short.txt", "--output", "no/m"], "Cannot write no/m.safetensors: No such file or directory."),
    ] {
      let (process, output, errors) = try bard.start(["train"] + arguments)
      let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      #expect(output.fileHandleForReading.readDataToEndOfFile().isEmpty)
      process.waitUntilExit()
      #expect(told == "Error: \(message)\n")
      #expect(process.terminationStatus == 1)
    }
    #expect(try bard.text("m.safetensors") == "x")
  }

  @Test func wrongOptionsAreUsageErrors() throws {
    let bard = try BardProcess()
    for (option, value, message) in [
      ("--hidden-size", "0", "--hidden-size must be a whole number from 1 to 16,384, not 0."),
      ("--dropout", "1", "--dropout must be at least 0 and below 1, not 1."),
      ("--lanes", "0", "--lanes must be a whole number from 1 to 65,536, not 0."),
      (
        "--weight-decay", "500",
        "--weight-decay must be at least 0 and below 1 / learning rate (about 166.7 here), not 500."
      ),
      ("--minutes", "0", "--minutes must be above 0, not 0."),
      ("--min-count", "0", "--min-count must be 1 or more, not 0."),
      ("--threads", "0", "--threads must be from 1 to 256, not 0."),
      ("--checkpoint-every", "0", "--checkpoint-every must be 1 or more, not 0."),
    ] {
      let result = try bard.run("train", "x.txt", option, value)
      #expect(result.status == 64)
      #expect(result.errors.hasPrefix("Error: \(message)\n"), "\(result.errors)")
    }
    #expect(try bard.run("train").status == 64)
    #expect(try bard.run("train", "x.txt", "--steps", "3", "--epochs", "2").status == 64)
    #expect(try bard.run("train", "x.txt", "--unit", "word").status == 64)
  }

  @Test func plainLinesAndALogWhereThereIsNoTerminal() throws {
    let bard = try BardProcess()
    try bard.write(String(repeating: "to be or not to be ", count: 30), to: "c.txt")
    let result = try bard.run(
      "train", "c.txt", "--hidden-size", "8", "--lanes", "500", "--time-steps", "100", "--steps", "25", "--log", "log",
      "--sample-every", "20")
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
    #expect(!result.errors.contains("\u{1B}"))
    #expect(result.errors.contains("The text is too short for 500 lanes of 100 characters, so there are 5.\n"))
    #expect(result.errors.contains("[samples, time steps, features] = [5, 100, 7], 1 minibatch per epoch"))
    #expect(result.errors.contains("--- sample at step 20 ---\n"))
    #expect(result.errors.contains("Trained for 25 steps (25.00 epochs, "))
    #expect(result.errors.hasSuffix("\nTo write with it: bard repl c.safetensors\n"), "\(result.errors)")
    #expect(
      try bard.names() == ["c.best.safetensors", "c.html", "c.safetensors", "c.training.safetensors", "c.txt", "log"])
    let lines = try bard.text("log").split(separator: "\n").compactMap {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
    #expect(lines.count == 25)
    #expect(
      Set(lines[9].keys) == [
        "step", "epoch", "seconds", "trainingLoss", "validationLoss", "learningRate", "gradientNorm",
        "charactersPerSecond",
      ])
    #expect(lines.map { $0["step"] as? Int } == (1...25).map { $0 })
  }

  @Test func thePageOfARun() throws {
    let bard = try BardProcess()
    try bard.trainModel(steps: 20, ["--schedule", "constant"])
    let first = try bard.text("m.html")
    #expect(first.contains("<title>Training of m</title>") && first.contains("Trained for 20 steps."))
    #expect(first.contains("<tr><th>layers</th><td>1 x 16 cells</td></tr>"))
    #expect(first.contains("<figcaption>step 20, validation loss "))

    #expect(try bard.run("train", "--resume", "m", "--steps", "30", "--quiet", "--no-report").status == 0)
    #expect(try bard.text("m.html") == first)
    // steps for which no page was written are on the next page all the same
    #expect(try bard.run("train", "--resume", "m", "--steps", "40", "--quiet").status == 0)
    let resumed = try bard.text("m.html")
    #expect(resumed.contains("Trained for 40 steps."))
    #expect(resumed.contains("\"x\":[\((1...40).map(String.init).joined(separator: ","))]"))

    let elsewhere = try bard.run("train", "--resume", "m", "--output", "n", "--steps", "50")
    #expect(
      elsewhere.errors.contains("Continuing from step 40, for 50 steps in all. Writing n.safetensors; open n.html in"))
    #expect(try bard.text("m.html") == resumed)
    #expect(try bard.text("n.html").contains("<title>Training of n</title>"))
  }

  @Test func thePageOfARunThatDiverges() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    let model = try Data(contentsOf: URL(fileURLWithPath: bard.path("m.safetensors")))
    let result = try bard.run(
      "train", "corpus.txt", "--output", "d", "--hidden-size", "16", "--lanes", "4", "--time-steps", "10", "--steps",
      "20", "--quiet", "--schedule", "constant", "--warmup-steps", "0", "--optimizer", "sgd", "--clip-norm", "0",
      "--learning-rate", "1e30", "--weight-decay", "0")
    #expect(result.status == 1)
    let told = try #require(
      result.errors.wholeMatch(
        of:
          /Error: (The loss is no longer a finite number at step ([0-9]+), where the learning rate is 1e\+30\. .+)\n/))
    let page = try bard.text("d.html")
    let steps = try #require(Int(told.2)) - 1
    #expect(steps >= 1 && page.contains("Failed after step \(steps). \(told.1)"))
    // the page has the finite losses only
    #expect(page.contains("\"x\":[\((1...steps).map(String.init).joined(separator: ","))]"))
    #expect(!page.contains("nan") && !page.contains("inf,"))
    #expect(!bard.exists("d.safetensors"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: bard.path("m.safetensors"))) == model)
  }

  /// Validation, samples and pages are beside training: the weights do not depend on them.
  @Test func weightsAreTheSameWithoutThePage() throws {
    let bard = try BardProcess()
    let settings = ["--schedule", "constant", "--dropout", "0.2", "--sample-every", "3"]
    try bard.trainModel("m", settings + ["--checkpoint-every", "2"])
    try bard.trainModel("n", settings + ["--no-report"])
    #expect(bard.exists("m.html") && !bard.exists("n.html"))
    for kind in ["safetensors", "training.safetensors"] {
      let (with, without) = (try bard.bytes("m.\(kind)"), try bard.bytes("n.\(kind)"))
      #expect(data(with) == data(without))
    }
  }

  @Test func aPageThatIsNoneOfARunIsNeverOverwritten() throws {
    let bard = try BardProcess()
    try bard.trainModel("other", ["--no-report"])
    #expect(!bard.exists("other.html"))
    try bard.write("<p>mine</p>", to: "corpus.html")
    let foreign =
      "Error: corpus.html exists and is not a page of bard train. Give another file name with --output, or write no page with"
      + " --no-report.\n"
    // the page of the default output has the same name as a page of the text itself
    for force in [[], ["--force"]] {
      let (process, _, errors) = try bard.start(["train", "corpus.txt", "--steps", "2"] + force)
      let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(told == foreign)
      #expect(process.terminationStatus == 1)
    }
    #expect(try bard.run("train", "corpus.txt", "--steps", "2", "--quiet", "--no-report").status == 0)
    #expect(try bard.run("train", "--resume", "corpus", "--steps", "3", "--quiet").errors == foreign)
    #expect(try bard.run("train", "--resume", "corpus", "--steps", "3", "--quiet", "--no-report").status == 0)
    #expect(try bard.text("corpus.html") == "<p>mine</p>")
  }

  @Test func thePageOfAnotherRunIsOverwrittenWithForce() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    for name in ["m.safetensors", "m.best.safetensors", "m.training.safetensors"] {
      try FileManager.default.removeItem(atPath: bard.path(name))
    }
    #expect(
      try bard.run("train", "corpus.txt", "--output", "m", "--steps", "3").errors == """
        Error: m.html, the page of another run, already exists. Give another file name with --output, use --force to overwrite \
        it, or write no page with --no-report.

        """)
    try bard.trainModel(steps: 3, ["--force"])
    #expect(try bard.text("m.html").contains("Trained for 3 steps."))
  }

  @Test func thePageOfARunWhoseLogCannotBeWritten() throws {
    let bard = try BardProcess()
    #expect(throws: BardProcess.Unexpected.self) {
      try bard.trainModel("m", ["--log", "/dev/full", "--force", "--checkpoint-every", "1"])
    }
    #expect(try bard.text("m.html").contains("Failed after step 10. Cannot write"))
  }

  @Test func aNetworkThatDoesNotFitIsRefused() throws {
    let bard = try BardProcess()
    try bard.write(String(repeating: "the cat sat on the mat. ", count: 40), to: "corpus.txt")
    for command in ["train", "compare-regimes"] {
      let result = try bard.run(command, "corpus.txt", "--hidden-size", "16384", "--layers", "60", "--steps", "1")
      #expect(result.status == 1)
      #expect(result.errors.hasPrefix("Error: Training needs about "), "\(result.errors)")
      #expect(result.errors.hasSuffix(" Give a smaller --hidden-size, --layers, --lanes or --time-steps.\n"))
    }
  }

  @Test func theBestModelStaysUntilTheRunStarts() throws {
    let bard = try BardProcess()
    try bard.trainModel(steps: 20, ["--schedule", "constant"])
    let best = try bard.bytes("m.best.safetensors")
    // the log cannot be written
    let failed = try bard.run(
      "train", "corpus.txt", "--output", "m", "--force", "--steps", "3", "--log", "none/log", "--quiet")
    #expect(failed.status == 1)
    #expect(try bard.bytes("m.best.safetensors") == best)
    #expect(
      try bard.run("train", "--resume", "m", "--output", "n", "--steps", "30", "--log", "none/log", "--quiet").status
        == 1)
    #expect(!bard.exists("n.best.safetensors"))
    // the same files by another name are the same run
    #expect(
      try bard.run("train", "--resume", "./m.safetensors", "--output", "m", "--steps", "21", "--force", "--quiet")
        .status
        == 0)
    #expect(bard.exists("m.best.safetensors"))
    #expect(try bard.run("train", "--resume", "m", "--output", "n", "--steps", "22", "--quiet").status == 0)
    #expect(bard.exists("n.best.safetensors"))
  }

  @Test func aPageThatCannotBeWrittenIsToldOnce() throws {
    let bard = try BardProcess()
    try bard.trainModel(steps: 10, ["--schedule", "constant", "--no-report"])
    let (process, output, errors) = try bard.start(
      ["train", "--resume", "m", "--steps", "100000000", "--checkpoint-every", "20", "--log", "log", "--quiet"])
    // another file takes the page's place during training
    try bard.wait { bard.exists("m.html") }
    try bard.write("mine", to: "new.html")
    #expect(rename(bard.path("new.html"), bard.path("m.html")) == 0)
    let count = try bard.text("log").count
    try bard.wait { try bard.text("log").count > count + 4000 }
    kill(process.processIdentifier, SIGINT)
    let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    _ = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(
      told
        == "m.html is not a page of bard train, so bard does not overwrite it. Training continues without the page.\n")
    #expect(try bard.text("m.html") == "mine")
    #expect(try bard.run("inspect", "m.safetensors").status == 0)
  }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))]) func aSignalSavesAndEnds(signal: Int32, status: Int32)
    throws
  {
    let bard = try BardProcess()
    try bard.trainModel(steps: 10, ["--schedule", "constant"])
    let (process, output, errors) = try bard.start(
      ["train", "--resume", "m", "--steps", "100000000", "--log", "log", "--checkpoint-every", "1000000"])
    try bard.wait { try bard.exists("log") && !bard.text("log").isEmpty }
    kill(process.processIdentifier, signal)
    let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    _ = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == status)
    #expect(told.contains("To continue: bard train --resume m.safetensors\n"))
    // the saved run continues, and gets further than before
    let inspection = try bard.run("inspect", "m.safetensors", "--json").output
    let object = try JSONSerialization.jsonObject(with: Data(inspection.utf8)) as? [String: Any]
    let step = try #require((object?["training"] as? [String: Any])?["step"] as? Int)
    #expect(step > 10)
    #expect(try bard.run("train", "--resume", "m", "--steps", "\(step + 5)", "--quiet").status == 0)
  }

  @Test func aKilledRunLeavesAWholeCheckpoint() throws {
    let bard = try BardProcess()
    try bard.trainModel(steps: 10, ["--schedule", "constant"])
    for round in 0..<6 {
      let (process, _, _) = try bard.start(
        ["train", "--resume", "m", "--steps", "100000000", "--checkpoint-every", "1", "--quiet"])
      usleep(UInt32(100_000 + 37_000 * round))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      #expect(try bard.run("inspect", "m.safetensors").status == 0)
      #expect(try bard.run("generate", "m.safetensors", "--output", "-", "--length", "5").status == 0)
    }
    let inspection = try bard.run("inspect", "m.training.safetensors", "--json")
    #expect(inspection.status == 0)
  }

  @Test func statesAndObjectives() throws {
    let bard = try BardProcess()
    try bard.trainModel("windows", ["--objective", "last", "--state", "shuffle"])
    let words = try bard.run("inspect", "windows.safetensors").output
    #expect(words.contains("[4, 10, 17], shuffled, each starting from a zero state, many-to-one\n"))
    let resumed = try bard.run("train", "--resume", "windows.safetensors", "--steps", "30", "--state", "carry")
    #expect(resumed.errors.contains("cannot change this option: --state carry (the run has shuffle)"))
    let told = try bard.run(
      "train", "corpus.txt", "--output", "reset", "--state", "reset", "--hidden-size", "16", "--steps", "2")
    #expect(told.errors.contains("per epoch, each starting from a zero state.\n"))
    for both in ["carry,shuffle", "shuffle+carry"] {
      let refused = try bard.run("train", "corpus.txt", "--state", both)
      #expect(refused.status == 64)
      #expect(refused.errors.contains("The state cannot be carried over shuffled windows"))
    }
    let wrong = try bard.run("train", "corpus.txt", "--state", "keep")
    #expect(wrong.status == 64 && wrong.errors.contains("carry, reset or shuffle"))
  }
}

import Foundation
import Testing

@testable import bard

@Suite struct ReportTests {
  private func line(_ step: Int, loss: Double, validationLoss: Double? = nil) -> String {
    let validation = validationLoss.map { ",\"validationLoss\":\($0)" } ?? ""
    return "{\"charactersPerSecond\":1000,\"epoch\":\(Double(step) / 40),\"gradientNorm\":0.5,\"learningRate\":0.006,"
      + "\"seconds\":\(3 * step),\"step\":\(step),\"trainingLoss\":\(loss)\(validation)}\n"
  }

  private func logs() throws -> BardProcess {
    let bard = try BardProcess()
    try bard.write(
      line(10, loss: 3) + line(20, loss: 2, validationLoss: 1.75) + line(30, loss: 1.5)
        + line(40, loss: 1.25, validationLoss: 2), to: "a.log")
    // the last line is still being written
    try bard.write(line(10, loss: 2.5) + "{\"charac", to: "b.log")
    return bard
  }

  @Test func aTableOfRuns() throws {
    let result = try logs().run("report", "a.log", "b.log")
    #expect(result.status == 0)
    #expect(
      result.output == """
                                               validation       in bits
        run   steps epochs minutes training   last   best   last   best chars/s
        a.log    40   1.00     2.0   1.9375 2.0000 1.7500 2.8854 2.5247   1,000
        b.log    10   0.25     0.5   2.5000      -      -      -      -   1,000

        """)
    #expect(result.errors == "To see the curves, write a page with --html FILE.\n")
  }

  @Test func theSameAsJSON() throws {
    let result = try logs().run("report", "a.log", "b.log", "--json")
    #expect(result.errors == "")
    #expect(
      result.output == """
        {"runs":[{"bestStep":20,"bestValidationBits":2.5247163215556863,"bestValidationLoss":1.75,\
        "charactersPerSecond":1000,"epoch":1,"name":"a.log","seconds":120,"step":40,"trainingLoss":1.9375,\
        "validationBits":2.8853900817779268,"validationLoss":2},{"charactersPerSecond":1000,"epoch":0.25,"name":"b.log",\
        "seconds":30,"step":10,"trainingLoss":2.5}]}

        """)
  }

  @Test func thePageOverlaysTheRuns() throws {
    let bard = try logs()
    let result = try bard.run("report", "a.log", "b.log", "--html", "runs.html")
    #expect(result.status == 0)
    #expect(result.errors.hasPrefix("Wrote runs.html (0."))
    let page = try bard.text("runs.html")
    #expect(
      page.contains(
        #""curves":[{"name":"a.log","style":0,"x":[10,20,30,40],"y":[3,2,1.5,1.25]},{"name":"b.log","style":1,"x":[10],"y":[2.5]}]"#
      ))
    #expect(page.contains(#"{"name":"a.log","style":0,"x":[20,40],"y":[1.75,2]}"#))
    #expect(page.contains(#""x":[0.5,1,1.5,2],"y":[3,2,1.5,1.25]"#))

    let refused = try bard.run("report", "b.log", "--html", "runs.html")
    #expect(refused.status == 1)
    #expect(
      refused.errors
        == "Error: runs.html already exists. Give another file name with --html, or use --force to overwrite it.\n")
    #expect(try bard.text("runs.html") == page)
    #expect(try bard.run("report", "b.log", "--html", "runs.html", "--force").status == 0)
    #expect(try bard.text("runs.html").contains("<title>A training run</title>"))
    for page in ["a.log", "./a.log"] {
      #expect(
        try bard.run("report", "a.log", "--html", page, "--force").errors
          == "Error: --html \(page) would replace a.log, which bard reads. Give another file name with --html.\n")
    }
  }

  @Test func modelsAreRunsToo() throws {
    let bard = try BardProcess()
    try bard.trainModel(steps: 25, ["--log", "m.log"])
    let table = try bard.run("report", "m.safetensors", "m.log").output.split(separator: "\n").map {
      $0.split(separator: " ").map(String.init)
    }
    #expect(table[2][0] == "m.safetensors" && table[3][0] == "m.log")
    // all figures except the speed are equal: one is from the log's lines, the other from all steps
    #expect(table[2][1...8] == table[3][1...8])
    #expect(table[2][1] == "25")
    #expect(
      try bard.run("report", "none.safetensors").errors
        == "Error: none.training.safetensors is missing. bard train writes it beside the model; --resume and bard report need"
        + " it.\n")
  }

  @Test func logsThatCannotBeRead() throws {
    let bard = try logs()
    try bard.write("", to: "empty.log")
    try bard.write(line(10, loss: 1) + "\n" + line(20, loss: 1), to: "gap.log")
    try bard.write("To be, or not to be\n", to: "play.txt")
    for (path, message) in [
      ("none.log", "Cannot read none.log: No such file or directory."),
      (
        "empty.log",
        "empty.log has no complete line yet. bard train --log FILE writes the first one after ten steps, or after the first"
          + " validation if that is earlier."
      ),
      ("gap.log", "gap.log, line 2, is not a line that bard train --log writes: it is empty"),
    ] {
      let result = try bard.run("report", "a.log", path, "--html", "runs.html")
      #expect(result.status == 1)
      #expect(result.errors == "Error: \(message)\n")
      #expect(result.output == "")
    }
    #expect(
      try bard.run("report", "play.txt").errors.hasPrefix(
        "Error: play.txt, line 1, is not a line that bard train --log writes"))
    #expect(!bard.exists("runs.html"))
    #expect(try bard.run("report").status == 64)
  }

  @Test func runsAreTold() {
    #expect(Report.names(of: ["x/a.log", "y/b.log", "c.log"]) == ["a.log", "b.log", "c.log"])
    #expect(Report.names(of: ["x/a.log", "y/a.log", "c.log"]) == ["x/a.log", "y/a.log", "c.log"])
  }
}

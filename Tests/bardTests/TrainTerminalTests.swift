import Foundation
import Testing

/// Training at a terminal.
@Suite struct TrainTerminalTests {
  private func training(columns: Int = 80, _ more: String...) throws -> PseudoTerminal {
    let bard = try BardProcess()
    // an epoch is longer than any test waits, so only the progress line is shown
    try bard.write(String(repeating: "the cat sat on the mat, and the dog ran off.\n", count: 20_000), to: "c.txt")
    return try PseudoTerminal(
      bard,
      [
        "train", "c.txt", "--output", "m", "--hidden-size", "16", "--embedding-size", "8", "--lanes", "4",
        "--time-steps", "10", "--threads", "1",
      ] + more, columns: columns)
  }

  private func isProgress(_ line: String) -> Bool { line.contains("░") || line.contains("█") }

  @Test(arguments: [80, 50]) func controlCSavesAndEnds(columns: Int) throws {
    let terminal = try training(columns: columns, "--steps", "100000000", "--sample-every", "0")
    try terminal.wait(for: "the progress line") { $0.line.hasPrefix("░░░░░░░░░░░░░░░░░░░░ 0%  ") }
    // the time left is shown at any width
    #expect(terminal.screen.line.contains(" left  loss "), "\(terminal.screen)")
    let first = terminal.screen.line
    try terminal.wait(for: "a newer progress line") { $0.line.hasPrefix("░") && $0.line != first }
    // however often it is redrawn, the line takes one row of the window
    #expect(terminal.screen.lines.count(where: isProgress) == 1)
    #expect(terminal.screen.lines.last == terminal.screen.line)
    try terminal.type("\u{3}")
    #expect(try terminal.waitForEnd() == .exit(130))
    let lines = terminal.screen.linesWithoutInterrupts
    #expect(!lines.contains(where: isProgress), "\(terminal.screen)")
    #expect(lines.joined().contains("Wrote m.safetensors"))
    #expect(lines.contains { $0.hasPrefix("Stopped after ") })
    #expect(lines.contains("To continue: bard train --resume m.safetensors"))
    #expect(terminal.screen.unknown == [])
    #expect(terminal.screen.styles == [])
    #expect(terminal.bard.exists("m.safetensors") && terminal.bard.exists("m.training.safetensors"))
    #expect(try terminal.bard.run("generate", "m.safetensors", "--output", "-", "--length", "5").status == 0)
  }

  @Test func aSampleStandsWhereTheProgressLineStood() throws {
    let terminal = try training("--steps", "300", "--sample-every", "200")
    #expect(try terminal.waitForEnd() == .exit(0))
    let lines = terminal.screen.lines
    #expect(lines.contains("--- sample at step 200 ---"))
    #expect(lines.contains { $0.hasPrefix("Trained for 300 steps (") })
    #expect(!lines.contains(where: isProgress), "\(terminal.screen)")
    #expect(terminal.screen.unknown == [])
  }

  @Test func quietIsQuietAtATerminalToo() throws {
    let terminal = try training("--steps", "50", "--quiet")
    #expect(try terminal.waitForEnd() == .exit(0))
    #expect(terminal.output == [])
  }
}

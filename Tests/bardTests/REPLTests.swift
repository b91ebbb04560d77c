import Foundation
import Testing

/// Conversations through a pipe. TerminalTests has those at a terminal.
@Suite struct REPLTests {
  private func talk(_ bard: BardProcess, _ input: String) throws -> BardProcess.Result {
    try bard.run("repl", "m.safetensors", "--seed", "1", "--length", "10", input: input)
  }

  /// A conversation in the middle of a long answer, with another command waiting in the pipe.
  private func longAnswer(_ bard: BardProcess) throws -> (process: Process, output: Pipe, errors: Pipe) {
    try bard.trainModel()
    try bard.write("/length 10000000\nthe\n/seed 7\n", to: "lines")
    let (process, output, errors) = try bard.start(
      ["repl", "m.safetensors"], input: try FileHandle(forReadingFrom: URL(fileURLWithPath: bard.path("lines"))))
    #expect(output.fileHandleForReading.readData(ofLength: 100).count == 100)
    return (process, output, errors)
  }

  @Test func theEndOfInputEndsTheConversation() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    let nothing = try talk(bard, "")
    #expect(nothing.status == 0 && nothing.output == "" && nothing.errors == "")
    // this also holds if the last line has no line end
    let (line, unfinished) = (try talk(bard, "the\n"), try talk(bard, "the"))
    #expect(line.output.count >= 10)
    #expect(unfinished.status == 0 && unfinished.output == line.output)
  }

  @Test func linesMayEndAsOnWindows() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    let result = try talk(bard, "/length 5\r\nthe\r\n")
    #expect(result.errors == "The length is now 5.\n")
    #expect(result.output == (try talk(bard, "/length 5\nthe\n")).output)
  }

  /// Ctrl-C ends the answer. If nobody types, it also ends the conversation, and the rest of the pipe is not read.
  @Test func anInterruptEndsTheConversation() throws {
    let bard = try BardProcess()
    let (process, output, errors) = try longAnswer(bard)
    kill(process.processIdentifier, SIGINT)
    let rest = output.fileHandleForReading.readDataToEndOfFile()
    let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    #expect(told == "The length is now 10,000,000.\nStopped.\n")
    #expect(rest.last == 0x0A && rest.count < 9_000_000)
  }

  @Test func anInterruptEndsTheWaitForALine() throws {
    let bard = try BardProcess()
    try bard.trainModel()
    let input = Pipe()
    let (process, output, _) = try bard.start(
      ["repl", "m.safetensors", "--length", "5"], input: input.fileHandleForReading)
    try input.fileHandleForWriting.write(contentsOf: Data("the\n".utf8))
    #expect(output.fileHandleForReading.readData(ofLength: 5).count == 5)
    // the answer is nearly done; after it the program waits
    usleep(200_000)
    kill(process.processIdentifier, SIGINT)
    try bard.wait { !process.isRunning }
    // on a busy computer the answer may still go on
    #expect(process.terminationStatus == (process.terminationReason == .uncaughtSignal ? SIGINT : 0))
  }

  /// As in `bard repl ... | head`: no signal kills the program, and it answers no further line.
  @Test func aReaderThatGoesAwayEndsTheConversation() throws {
    let bard = try BardProcess()
    let (process, output, errors) = try longAnswer(bard)
    try output.fileHandleForReading.close()
    let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    #expect(!told.contains("seed is now 7"))
  }
}

import Foundation
import Testing

/// Conversations at a terminal.
@Suite struct TerminalTests {
  private static let prompt = "> "

  /// A conversation with a small model, at its first prompt. An answer has at most 12 characters.
  private func conversation(
    _ bard: BardProcess? = nil, columns: Int = 80, environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let bard = try bard ?? BardProcess()
    if !bard.exists("m.safetensors") { try bard.trainModel() }
    let terminal = try PseudoTerminal(
      bard, ["repl", "m.safetensors", "--seed", "1", "--length", "12"], columns: columns, environment: environment)
    try waitForPrompt(1, terminal)
    return terminal
  }

  /// Waits for the n-th prompt, which must be empty. The corpus has no angle bracket, so each one on the screen is a
  /// prompt.
  private func waitForPrompt(_ number: Int, _ terminal: PseudoTerminal) throws {
    try terminal.wait(for: "prompt \(number)") { screen in
      let lines = screen.linesWithoutInterrupts
      return lines.last == Self.prompt && lines.count { $0.hasPrefix(Self.prompt) } == number
    }
  }

  @Test func anAnswerGoesOnFromTheLine() throws {
    let terminal = try conversation()
    #expect(terminal.screen.lines[0].hasPrefix("bard, writing with m.safetensors."))
    try terminal.type("the\r")
    try waitForPrompt(2, terminal)
    let piped = try terminal.bard.run(
      "repl", "m.safetensors", "--seed", "1", "--length", "12", input: "the\n")
    #expect(piped.output.count >= 12)
    let expected = "> the\nthe\(piped.output)> "
    #expect(terminal.screen.description.hasSuffix("\n" + expected), "\(terminal.screen)")
    try terminal.type("/quit\r")
    #expect(try terminal.waitForEnd() == .exit(0))
    #expect(terminal.screen.unknown == [])
  }

  // MARK: Completion

  @Test func tabCompletesCommands() throws {
    let terminal = try conversation()
    try terminal.type("/temp\t")
    try terminal.wait(forLine: "> /temperature ")
    try terminal.type("0.5\r")
    try terminal.wait(forLine: "The temperature is now 0.5.")
    try waitForPrompt(2, terminal)
    try terminal.type("/to\t")
    try terminal.wait(forLine: "> /top-")
    try terminal.type("\t\t")
    try terminal.wait(forLine: "/top-k  /top-p  ")
    try terminal.type("k\t")
    try terminal.wait(for: "the command chosen") { $0.line == "> /top-k " }
  }

  @Test func tabCompletesFilesWhereOneIsNamed() throws {
    let bard = try BardProcess()
    try bard.write("the cat", to: "poems.txt")
    try FileManager.default.createDirectory(atPath: bard.path("plays"), withIntermediateDirectories: false)
    let terminal = try conversation(bard)
    try terminal.type("/load pl\t")
    try terminal.wait(forLine: "> /load plays/")
    // Ctrl-U deletes back to the beginning
    try terminal.type("\u{15}/load po\t")
    try terminal.wait(forLine: "> /load poems.txt ")
    try terminal.type("\r")
    try terminal.wait(forLine: "Read 7 characters of poems.txt. Press Enter to continue from there.")
    try waitForPrompt(2, terminal)
    // Tab finds nothing, and the letter after it appears
    try terminal.type("the po\tx")
    try terminal.wait(forLine: "> the pox")
    try terminal.type("\u{15}/seed po\tx")
    try terminal.wait(forLine: "> /seed pox")
  }

  // MARK: Ctrl-C and Ctrl-D

  @Test func controlCEndsAnAnswer() throws {
    let terminal = try conversation()
    try terminal.type("/length 10000000\r")
    try waitForPrompt(2, terminal)
    try terminal.type("the cat\r")
    try terminal.wait(for: "an answer") { $0.lines.count > 10 }
    try terminal.type("\u{3}")
    try terminal.wait(for: "stopped") { $0.linesWithoutInterrupts.contains("Stopped.") }
    try waitForPrompt(3, terminal)
    try terminal.type("/length 5\r")
    try terminal.wait(forLine: "The length is now 5.")
    try waitForPrompt(4, terminal)
    try terminal.type("the dog\r")
    try waitForPrompt(5, terminal)
    #expect(terminal.screen.lines.contains { $0.hasPrefix("the dog") })
    try terminal.type("\u{4}")
    #expect(try terminal.waitForEnd() == .exit(0))
  }

  @Test func controlCGivesUpALine() throws {
    let terminal = try conversation()
    for number in 2...3 {
      try terminal.type("the c")
      try terminal.wait(for: "what is typed") { $0.line == "> the c" }
      try terminal.type("\u{3}")
      try waitForPrompt(number, terminal)
    }
    // the model has read nothing, and nothing of the line is left
    try terminal.type("/undo\r")
    try terminal.wait(forLine: "Nothing to undo.")
    try waitForPrompt(4, terminal)
    try terminal.type("\u{3}")
    try waitForPrompt(5, terminal)
    #expect(try terminal.bard.text("state/bard/history") == "/undo\n")
  }

  @Test(arguments: ["\u{12}the", "\u{1B}5"])
  func controlCGivesUpWhatIsNotYetALine(keys: String) throws {
    // during a search in the history, and during a count for the next key
    let terminal = try conversation()
    try terminal.type("the\r")
    try waitForPrompt(2, terminal)
    try terminal.type("x")
    try terminal.wait(for: "what is typed") { $0.line == "> x" }
    let written = terminal.output.count
    try terminal.type(keys)
    try terminal.wait(for: "what is asked for") {
      $0.line.hasSuffix("`the': the") || $0.line.hasPrefix("(arg: 5)")
    }
    try terminal.type("\u{3}")
    try terminal.wait(for: "an empty prompt") { $0.line == Self.prompt && terminal.output.count > written }
    try terminal.type("/undo\r")
    try terminal.wait(forLine: "Undid: the")
    try terminal.wait(for: "the next prompt") { $0.line == Self.prompt }
    #expect(try terminal.bard.text("state/bard/history") == "the\n/undo\n")
  }

  @Test func controlDEndsTheConversation() throws {
    let terminal = try conversation()
    // within a line, Ctrl-D deletes the character under the cursor; at the end of the line it does nothing
    try terminal.type("the\u{4}\u{1}\u{4}")
    try terminal.wait(for: "the line without its first letter") { $0.line == "> he" }
    try terminal.type("\u{15}\u{B}\u{4}")
    #expect(try terminal.waitForEnd() == .exit(0))
  }

  @Test func aTerminalThatGoesAwayEndsTheConversation() throws {
    let terminal = try conversation()
    terminal.hangUp()
    // the program ends by the signal, or by the end of its input, whichever it notices first
    let ending = try terminal.waitForEnd()
    #expect(ending == .signal(SIGHUP) || ending == .exit(0))
  }

  // MARK: Lines

  @Test func historyGoesOnFromOneStartToTheNext() throws {
    let bard = try BardProcess()
    let first = try conversation(bard)
    for (number, line) in [(2, "the cat"), (3, "/seed 7"), (4, "  ")] {
      try first.type(line + "\r")
      try waitForPrompt(number, first)
    }
    try first.type("\u{4}")
    #expect(try first.waitForEnd() == .exit(0))
    #expect(try bard.text("state/bard/history") == "the cat\n/seed 7\n")
    let second = try conversation(bard)
    try second.type("\u{1B}[A")
    try second.wait(for: "the last line") { $0.line == "> /seed 7" }
    try second.type("\u{1B}[A")
    try second.wait(for: "the line before") { $0.line == "> the cat" }
    try second.type("\u{1B}[B")
    try second.wait(for: "the last line again") { $0.line == "> /seed 7" }
    try second.type("7\r")
    try second.wait(forLine: "The seed is now 77.")
  }

  @Test(arguments: ["C.UTF-8", "C"]) func aCharacterOfSeveralBytesIsOne(locale: String) throws {
    let terminal = try conversation(environment: ["LC_ALL": locale])
    try terminal.type("thé")
    try terminal.wait(for: "what is typed") { $0.line == "> thé" }
    try terminal.type("\u{7F}e")
    try terminal.wait(for: "the character replaced") { $0.line == "> the" }
    try terminal.type("é\r")
    // the terminal breaks the line after 80 columns
    try terminal.wait(forLine: "The model has never seen “é” (U+00E9). Leave it out, or start bard repl with --u")
    try terminal.wait(forLine: "nknown skip.")
  }

  @Test(arguments: [80, 40]) func aLongLineGoesOnInTheNextRow(columns: Int) throws {
    let terminal = try conversation(columns: columns)
    let text = String(repeating: "the cat, ", count: 10)
    try terminal.type(text + "x")
    let typed = Array(Self.prompt + text + "x")
    let rows = stride(from: 0, to: typed.count, by: columns).map {
      String(typed[$0..<min(typed.count, $0 + columns)])
    }
    #expect(rows.count == (columns == 80 ? 2 : 3))
    try terminal.wait(for: "\(rows)") { $0.lines.suffix(rows.count) == rows }
    // Ctrl-A and a letter: the rest of the line moves right by one
    try terminal.type("\u{1}y")
    let first = Self.prompt + "y" + text.prefix(columns - 3)
    try terminal.wait(for: first) { $0.lines.contains(first) }
  }

  // MARK: Colour

  @Test func coloursAtATerminal() throws {
    let terminal = try conversation()
    try terminal.type("the\r")
    try waitForPrompt(2, terminal)
    let output = String(decoding: terminal.output, as: UTF8.self)
    #expect(output.contains("\u{1B}[2mbard, writing with m.safetensors. Type a beginning and press Enter."))
    #expect(output.contains("\u{1B}[1;36m> \u{1B}[0m"))
    #expect(output.contains("\u{1B}[2mthe\u{1B}[0m"))
    #expect(Set(terminal.screen.styles) == ["0", "2", "1;36"])
  }

  @Test func surpriseIsShownInColours() throws {
    let terminal = try conversation()
    try terminal.type("/sur\t")
    try terminal.wait(forLine: "> /surprise ")
    try terminal.type("on\r")
    try waitForPrompt(2, terminal)
    #expect(
      terminal.screen.lines.contains {
        $0.hasPrefix("Surprise is on; bits:  under 1   1 to 2   2 to 4   4 to 6   6 to 9   9 or more")
      })
    #expect(terminal.screen.lines.allSatisfy { $0.count <= 80 })
    let legend = terminal.screen.styles.count
    try terminal.type("the\r")
    try waitForPrompt(3, terminal)
    #expect(terminal.screen.styles[legend...].contains { $0.hasPrefix("0;38;5;16;48;5;") })
    // the text is the same as without colours
    let piped = try terminal.bard.run("repl", "m.safetensors", "--seed", "1", "--length", "12", input: "the\n")
    #expect(terminal.screen.description.hasSuffix("\n> the\nthe\(piped.output)> "), "\(terminal.screen)")
  }

  @Test func surpriseStaysOffWhereThereAreNoColours() throws {
    let terminal = try conversation(environment: ["NO_COLOR": "1"])
    try terminal.type("/surprise o\t\t")
    try terminal.wait(for: "off  on") { $0.lines.contains { $0.hasPrefix("off") && $0.contains("on") } }
    try terminal.type("n\r")
    try terminal.wait(forLine: "Cannot show surprise: colours are off (NO_COLOR or TERM).")
    #expect(terminal.screen.styles == [])
    let piped = try terminal.bard.run("repl", "m.safetensors", "--length", "5", input: "/surprise on\n")
    #expect(piped.errors == "Cannot show surprise: colours are off (not a terminal).\n")
  }

  @Test(arguments: ["NO_COLOR", "TERM"]) func noColoursWhereNobodyWantsThem(variable: String) throws {
    let terminal = try conversation(environment: [variable: variable == "TERM" ? "dumb" : "1"])
    try terminal.type("the\r")
    try waitForPrompt(2, terminal)
    #expect(terminal.screen.styles == [])
    if variable == "TERM" { #expect(!terminal.output.contains(0x1B)) }
    let coloured = try conversation(terminal.bard)
    try coloured.type("the\r")
    try waitForPrompt(2, coloured)
    #expect(coloured.screen.lines == terminal.screen.lines)
  }
}

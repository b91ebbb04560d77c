import Testing

@testable import REPL

@Suite struct StyleTests {
  @Test func coloursAreForTerminalsThatWantThem() {
    #expect(Style(isTerminal: true, environment: [:]).isColoured)
    #expect(!Style(isTerminal: false, environment: [:]).isColoured)
    #expect(!Style(isTerminal: true, environment: ["NO_COLOR": "1"]).isColoured)
    #expect(Style(isTerminal: true, environment: ["NO_COLOR": ""]).isColoured)
    #expect(!Style(isTerminal: true, environment: ["TERM": "dumb"]).isColoured)
    #expect(Style(isTerminal: true, environment: [:]).dim("x") == "\u{1B}[2mx\u{1B}[0m")
    #expect(Style(isTerminal: false, environment: [:]).prompt("> ") == "> ")
  }

  @Test func seriesHaveColoursByTurns() {
    let style = Style(isTerminal: true, environment: [:])
    #expect(style.bold("x") == "\u{1B}[1mx\u{1B}[0m")
    #expect(style.series(0, "x") == "\u{1B}[36mx\u{1B}[0m")
    #expect(Set((0..<6).map { style.series($0, "x") }).count == 6)
    #expect(style.series(6, "x") == style.series(0, "x"))
    #expect(Style(isTerminal: false, environment: [:]).series(1, "x") == "x")
  }

  @Test func escapesAreTurned() {
    #expect("a\\nb\\tc\\\\d\\q".unescaped == "a\nb\tc\\d\\q")
    #expect("\\".unescaped == "\\")
    #expect("é\\n".unescaped == "é\n")
  }
}

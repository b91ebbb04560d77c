import Testing

@testable import REPL

@Suite struct CommandTests {
  @Test func linesAreTextsOrCommands() {
    #expect(Input("ROMEO:") == .text("ROMEO:"))
    #expect(Input("") == .text(""))
    #expect(Input(" /not a command") == .text(" /not a command"))
    #expect(Input("/temperature 0.5") == .command(.temperature, argument: "0.5"))
    #expect(Input("/temperature") == .command(.temperature, argument: ""))
    #expect(Input("/save  my file.txt  ") == .command(.save, argument: "my file.txt"))
    #expect(Input("/top-k 5") == .command(.topK, argument: "5"))
    #expect(Input("/Temperature 1") == .unknownCommand("/Temperature"))
    #expect(Input("/") == .unknownCommand("/"))
  }

  @Test func twoSlashesSendOne() {
    #expect(Input("//quit") == .text("/quit"))
    #expect(Input("///") == .text("//"))
  }

  @Test func surpriseIsFollowedByOnOrOff() {
    #expect(Command.surprise.choices == ["on", "off"])
    #expect(Command.surprise.argument == "[on | off]")
    #expect(Command.allCases.count { !$0.choices.isEmpty } == 1)
  }

  @Test func helpNamesEveryCommand() {
    for command in Command.allCases {
      #expect(Command.helpText.contains("  \(command.rawValue) "))
      #expect(Command.helpText.contains(command.help))
    }
    #expect(
      Set(Command.allCases.map(\.rawValue)) == [
        "/help", "/temperature", "/length", "/top-k", "/top-p", "/min-p", "/seed", "/stop", "/surprise", "/again",
        "/reset",
        "/undo", "/save", "/load", "/stats", "/quit",
      ])
  }
}

import CharLSTM

/// A conversation with a model at a terminal, or through a pipe.
public struct REPL {
  private var conversation: Conversation
  private let introduction: String
  private static let prompt = "> "

  /// - Precondition: `sampling` is valid, and `length` is above 0.
  public init(
    model: CharacterModel, modelName: String, sampling: SamplingParameters, length: Int, seed: UInt64,
    unknown: UnknownPolicy, threads: Int = 1
  ) {
    conversation = Conversation(
      model: model, modelName: modelName, sampling: sampling, length: length, seed: seed, unknown: unknown,
      threads: threads)
    introduction = """
      bard, writing with \(modelName). Type a beginning and press Enter.
      Enter alone continues the text. /help lists the commands. Ctrl-D leaves.
      """
  }

  /// Runs until the input ends or until /quit.
  /// - Throws: if the answers go to a file or a pipe that cannot be written.
  public mutating func run() throws(StandardOutputError) {
    if Terminal.isTerminal(Terminal.standardInput) && Terminal.isTerminal(Terminal.standardOutput) {
      runAtTerminal()
    } else {
      try runThroughPipe()
    }
  }

  private mutating func runAtTerminal() {
    Interrupt.listen()
    let environment = ProcessInfo.processInfo.environment
    let style = Style(isTerminal: true, environment: environment)
    let editor = LineEditor(history: HistoryFile(environment: environment), completer: Self.completions)
    let display = Conversation.Display(
      text: { Terminal.write($0, to: Terminal.standardOutput) && !Interrupt.isRequested },
      tell: { Terminal.write(Array((style.dim($0) + "\n").utf8), to: Terminal.standardOutput) },
      echo: { Terminal.write(Array(style.dim($0).utf8), to: Terminal.standardOutput) },
      isCancelled: { Interrupt.isRequested },
      colours: style.isColoured
        ? .shown(legend: SurprisalColours.legend) {
          Terminal.write(SurprisalColours.coloured($0), to: Terminal.standardOutput) && !Interrupt.isRequested
        } : .off("NO_COLOR or TERM"))
    display.tell(introduction)
    while true {
      Interrupt.clear()
      guard let line = editor.readLine(prompt: style.prompt(Self.prompt)) else {
        Terminal.write([0x0A], to: Terminal.standardOutput)
        return
      }
      // Ctrl-C while typing starts a new line without a message
      if Interrupt.isRequested && line.isEmpty { continue }
      Interrupt.clear()
      if conversation.respond(to: line, display: display) == .quit { return }
    }
  }

  private mutating func runThroughPipe() throws(StandardOutputError) {
    var isOpen = true
    var failure: StandardOutputError?
    let display = Conversation.Display(
      text: {
        do throws(StandardOutputError) { isOpen = try Terminal.put($0) } catch {
          failure = error
          isOpen = false
        }
        return isOpen && !Interrupt.isRequested
      },
      tell: { Terminal.tell($0) },
      echo: { _ in },
      isCancelled: { Interrupt.isRequested },
      colours: .off("not a terminal"))
    while isOpen {
      // Ctrl-C ends the program while it waits for a line, as usual: `readLine` would wait on.
      Interrupt.stopListening()
      guard !Interrupt.isRequested, let line = readLine(strippingNewline: true) else { break }
      Interrupt.listen()
      if conversation.respond(to: line, display: display) == .quit { break }
    }
    if let failure { throw failure }
  }

  /// Completes commands at the beginning of a line, and words or file names after commands that take them.
  @Sendable private static func completions(_ line: String, _ start: Int) -> [String]? {
    if start == 0 { return line.hasPrefix("/") ? Command.allCases.map(\.rawValue) : [] }
    guard case .command(let command, _) = Input(line) else { return [] }
    return command.takesFile ? nil : command.choices
  }
}

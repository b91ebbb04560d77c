import REPL

/// What a long command says of itself while it works: one line redrawn on a terminal, a plain line now and then elsewhere.
struct ProgressLine {
  private let isTerminal: Bool
  private let quiet: Bool
  private let clock = ContinuousClock()
  private var lastShown: ContinuousClock.Instant?
  private var isDrawn = false

  /// Between two drawings on a terminal, and between two plain lines.
  private static let terminalInterval = Duration.milliseconds(100)
  private static let plainInterval = Duration.seconds(10)

  init(quiet: Bool) {
    self.quiet = quiet
    isTerminal = Terminal.isTerminal(Terminal.standardError)
  }

  /// - Parameter share: 0 to 1, drawn as a bar.
  mutating func show(share: Double, text: () -> String) {
    guard !quiet else { return }
    let now = clock.now
    if let lastShown, now - lastShown < (isTerminal ? Self.terminalInterval : Self.plainInterval) { return }
    if lastShown == nil && !isTerminal {
      // the first plain line comes when there is something to tell
      lastShown = now
      return
    }
    lastShown = now
    let percent = "\(Int(100 * min(1, max(0, share))))%"
    guard isTerminal else {
      Terminal.tell("\(percent)  \(text())")
      return
    }
    let width = 20
    let done = Int(Double(width) * min(1, max(0, share)))
    let bar = String(repeating: "█", count: done) + String(repeating: "░", count: width - done)
    // in one row with the ^C that a terminal puts after it, or it could not be removed
    let line = "\(bar) \(percent)  \(text())".prefix(max(10, Terminal.columns - 3))
    Terminal.write(Array("\r\u{1B}[K\(line)".utf8), to: Terminal.standardError)
    isDrawn = true
  }

  /// Removes the line, so that something else can be written where it stood.
  mutating func clear() {
    guard isDrawn else { return }
    Terminal.write(Array("\r\u{1B}[K".utf8), to: Terminal.standardError)
    isDrawn = false
    lastShown = nil
  }

  /// Writes a line that stays.
  mutating func tell(_ line: String) {
    guard !quiet else { return }
    clear()
    Terminal.tell(line)
  }
}

import REPL

/// The progress of a long command: one line that is redrawn on a terminal, or a plain line now and then elsewhere.
struct ProgressLine {
  private let isTerminal: Bool
  private let quiet: Bool
  private let clock = ContinuousClock()
  private var lastShown: ContinuousClock.Instant?
  private var isDrawn = false

  /// The time between two drawings on a terminal, and between two plain lines.
  private static let terminalInterval = Duration.milliseconds(100)
  private static let plainInterval = Duration.seconds(10)

  init(quiet: Bool) {
    self.quiet = quiet
    isTerminal = Terminal.isTerminal(Terminal.standardError)
  }

  /// - Parameter share: the share that is done, 0 to 1, drawn as a bar.
  mutating func show(share: Double, text: () -> String) {
    guard !quiet else { return }
    let now = clock.now
    if let lastShown, now - lastShown < (isTerminal ? Self.terminalInterval : Self.plainInterval) { return }
    if lastShown == nil && !isTerminal {
      // the first plain line waits for an interval, until there is something to report
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
    // the line and the ^C that a terminal adds must fit in one row, or the line could not be removed
    let line = "\(bar) \(percent)  \(text())".prefix(max(10, Terminal.columns - 3))
    Terminal.write(Array("\r\u{1B}[K\(line)".utf8), to: Terminal.standardError)
    isDrawn = true
  }

  /// Removes the line, so that other text can be written in its place.
  mutating func clear() {
    guard isDrawn else { return }
    Terminal.write(Array("\r\u{1B}[K".utf8), to: Terminal.standardError)
    isDrawn = false
    lastShown = nil
  }

  /// Writes a permanent line.
  mutating func tell(_ line: String) {
    guard !quiet else { return }
    clear()
    Terminal.tell(line)
  }
}

import CReadline
import Synchronization

/// Lines typed at a terminal, edited with GNU readline: its keys, its `~/.inputrc`, history and completion.
///
/// readline has one line, one history and one terminal a process, and so there is one editor, used by one thread.
struct LineEditor {
  /// What can be completed at a place in the line: words, or nil for file names.
  typealias Completer = @Sendable (_ line: String, _ start: Int) -> [String]?

  private static let completer = Mutex<Completer>({ _, _ in [] })
  private static let candidates = Mutex<[String]>([])
  private let history: HistoryFile?

  /// - Parameter history: where lines are kept from one start to the next; nil: nowhere.
  init(history: HistoryFile?, completer: @escaping Completer) {
    self.history = history
    // characters of several bytes are edited as one only in a UTF-8 locale
    setlocale(LC_CTYPE, "")
    if String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" && setlocale(LC_CTYPE, "C.UTF-8") != nil {
      // readline sets the locale once more, by the environment
      setenv("LC_ALL", "C.UTF-8", 1)
    }
    Self.completer.withLock { $0 = completer }
    bard_readline_configure({ text, start, _ in LineEditor.complete(text, at: start) }, { _ in LineEditor.nextKey() })
    if let history { read_history(history.path) }
    stifle_history(HistoryFile.mostLines)
  }

  /// The next line without its end; nil at the end of input (Ctrl-D).
  func readLine(prompt: String) -> String? {
    guard let line = readline(prompt) else { return nil }
    defer { free(line) }
    let text = String(cString: line)
    if !text.allSatisfy(\.isWhitespace) {
      add_history(text)
      history?.append(text)
    }
    return text
  }

  /// The next byte from the terminal. readline's own function for this waits on when a signal interrupts it; ours then
  /// ends the line, so that Ctrl-C gives a new prompt at once.
  private static func nextKey() -> Int32 {
    while true {
      // readline has noted a signal and hands it on to us from here
      rl_check_signals()
      if Interrupt.isRequested {
        bard_readline_clear_line()
        return lineEnd
      }
      var input = pollfd(fd: Terminal.standardInput, events: Int16(POLLIN), revents: 0)
      // a signal between the check and the wait is seen a moment later
      guard poll(&input, 1, 100) > 0 else { continue }
      var byte: UInt8 = 0
      let count = read(Terminal.standardInput, &byte, 1)
      if count == 1 { return Int32(byte) }
      if count == 0 || (errno != EINTR && errno != EAGAIN) { return EOF }
    }
  }

  private static let lineEnd: Int32 = 10

  private static func complete(
    _ text: UnsafePointer<CChar>?, at start: Int32
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    guard let text else { return nil }
    let line = String(cString: bard_readline_line())
    guard let words = completer.withLock({ $0 })(line, Int(start)) else { return nil }
    bard_readline_no_file_names()
    let prefix = String(cString: text)
    candidates.withLock { $0 = words.filter { $0.hasPrefix(prefix) }.reversed() }
    return rl_completion_matches(text) { _, _ in
      // readline frees what it is given
      LineEditor.candidates.withLock { $0.popLast() }.map { strdup($0) } ?? nil
    }
  }
}

import CReadline
import Synchronization

/// Reads lines that are edited with GNU readline: its keys, its `~/.inputrc`, history and completion.
///
/// readline has one line, one history and one terminal per process. So there is only one editor, and one thread uses it.
struct LineEditor {
  /// The completions at a place in the line: words, or nil for file names.
  typealias Completer = @Sendable (_ line: String, _ start: Int) -> [String]?

  private static let completer = Mutex<Completer>({ _, _ in [] })
  private static let candidates = Mutex<[String]>([])
  private let history: HistoryFile?

  /// - Parameter history: the file that keeps lines from one start to the next; nil keeps none.
  init(history: HistoryFile?, completer: @escaping Completer) {
    self.history = history
    // readline treats a character of several bytes as one character only in a UTF-8 locale
    setlocale(LC_CTYPE, "")
    if String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" && setlocale(LC_CTYPE, "C.UTF-8") != nil {
      // readline sets the locale again, from the environment
      setenv("LC_ALL", "C.UTF-8", 1)
    }
    Self.completer.withLock { $0 = completer }
    bard_readline_configure({ text, start, _ in LineEditor.complete(text, at: start) }, { _ in LineEditor.nextKey() })
    if let history { read_history(history.path) }
    stifle_history(HistoryFile.mostLines)
  }

  /// The next line without its line end; nil at the end of input (Ctrl-D).
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

  /// The next byte from the terminal. It replaces readline's function, which keeps waiting after a signal. This one
  /// ends the line at a signal, so that Ctrl-C gives a new prompt at once.
  private static func nextKey() -> Int32 {
    while true {
      // readline has only recorded a signal; this call passes it to our handler
      rl_check_signals()
      if Interrupt.isRequested {
        bard_readline_clear_line()
        return lineEnd
      }
      var input = pollfd(fd: Terminal.standardInput, events: Int16(POLLIN), revents: 0)
      // a signal that arrives between the check and the wait is noticed within 100 ms
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
      // readline frees this string
      LineEditor.candidates.withLock { $0.popLast() }.map { strdup($0) } ?? nil
    }
  }
}

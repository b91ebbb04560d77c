import CReadline
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

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
    if String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
    Self.completer.withLock { $0 = completer }
    bard_readline_configure({ text, start, _ in LineEditor.complete(text, at: start) }, {
      if Interrupt.isRequested { bard_readline_abandon_line() }
      return 0
    })
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

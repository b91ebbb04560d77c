import Synchronization

/// Ctrl-C in the conversation. It ends the answer, or discards the line that is being typed. At a terminal it never ends
/// the program. Through a pipe it ends the conversation.
public enum Interrupt {
  private static let requested = Atomic<Bool>(false)

  static func listen() {
    // no SA_RESTART: readline's wait for a key must be interrupted
    var action = sigaction(handler: { _ in Interrupt.request() })
    sigaction(SIGINT, &action, nil)
    unblock([SIGINT])
    signal(SIGPIPE, SIG_IGN)
  }

  /// Lets Ctrl-C end the program again.
  static func stopListening() { signal(SIGINT, SIG_DFL) }

  /// Unblocks signals that the parent process had blocked. Otherwise Ctrl-C would have no effect.
  public static func unblock(_ signals: [Int32]) {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    sigprocmask(SIG_UNBLOCK, &set, nil)
  }

  static func request() { requested.store(true, ordering: .relaxed) }
  static func clear() { requested.store(false, ordering: .relaxed) }
  static var isRequested: Bool { requested.load(ordering: .relaxed) }
}

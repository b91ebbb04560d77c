import Synchronization

/// Ctrl-C in the conversation. It ends the answer, or discards the line that is being typed. It never ends the program.
public enum Interrupt {
  private static let requested = Atomic<Bool>(false)

  static func listen() {
    var action = sigaction()
    #if canImport(Glibc)
      action.__sigaction_handler.sa_handler = { _ in Interrupt.request() }
    #else
      action.__sigaction_u.__sa_handler = { _ in Interrupt.request() }
    #endif
    // no SA_RESTART: readline's wait for a key must be interrupted
    sigaction(SIGINT, &action, nil)
    unblock([SIGINT])
    signal(SIGPIPE, SIG_IGN)
  }

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

import ArgumentParser
import REPL
import Synchronization

/// Ctrl-C and SIGTERM. The first signal asks the command to save and stop. The second one ends the process at once.
enum Interruption {
  private static let received = Atomic<Int32>(0)

  static func listen() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        let (first, _) = Interruption.received.compareExchange(
          expected: 0, desired: number, ordering: .sequentiallyConsistent)
        if !first { _exit(128 + number) }
      }
    }
    Interrupt.unblock([SIGINT, SIGTERM])
    // a write to a closed pipe should return an error instead of killing the process
    signal(SIGPIPE, SIG_IGN)
  }

  static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// 130 after Ctrl-C, 143 after SIGTERM.
  static var exitCode: ExitCode { ExitCode(128 + received.load(ordering: .relaxed)) }
}

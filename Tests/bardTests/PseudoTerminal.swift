import CPseudoTerminal
import Foundation

/// The program at a terminal, as a person uses it: keys go in, a screen comes out.
///
/// Nothing here depends on the speed of the machine: a test waits until the expected text is on the screen.
final class PseudoTerminal {
  enum Ending: Equatable {
    case exit(Int32)
    case signal(Int32)
  }

  let bard: BardProcess
  private(set) var screen: Screen
  /// All bytes that the program has written, including escape sequences.
  private(set) var output: [UInt8] = []

  private var master: Int32 = -1
  private var process: pid_t = 0
  private var ending: Ending?
  /// Whether the program has closed the terminal.
  private var isAtEnd = false

  /// The time limit of a wait. It is far longer than anything takes, so only a failing test waits that long.
  private static let patience = Duration.seconds(60)

  /// Starts the program in the folder of `bard`. The values of `environment` override the usual environment.
  init(_ bard: BardProcess, _ arguments: [String], columns: Int = 80, environment: [String: String] = [:]) throws {
    self.bard = bard
    screen = Screen(columns: columns)
    let defaults = [
      "HOME": bard.folder, "XDG_STATE_HOME": bard.path("state"), "INPUTRC": "/dev/null", "TERM": "xterm",
      "LC_ALL": "C.UTF-8",
    ]
    let words = ([BardProcess.executable.path] + arguments).map { strdup($0) }
    let settings = defaults.merging(environment) { $1 }.map { strdup("\($0.key)=\($0.value)") }
    defer { for pointer in words + settings { free(pointer) } }
    process = try Self.check(
      bard_terminal_start(words + [nil], settings + [nil], bard.folder, UInt16(columns), &master))
  }

  deinit {
    if ending == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    if master >= 0 { close(master) }
  }

  private static func check(_ result: Int32) throws -> Int32 {
    guard result >= 0 else { throw BardProcess.Unexpected(String(cString: strerror(errno))) }
    return result
  }

  /// Presses keys: Return is `\r`, Tab `\t`, Ctrl-C `\u{3}`.
  func type(_ keys: String) throws {
    var rest = Array(keys.utf8)
    while !rest.isEmpty { rest.removeFirst(Int(try Self.check(Int32(write(master, rest, rest.count))))) }
  }

  /// Reads output until the screen is as expected.
  func wait(for what: String, until isThere: (Screen) -> Bool) throws {
    let end = ContinuousClock.now + Self.patience
    while !isThere(screen) {
      guard !isAtEnd, ContinuousClock.now < end else { throw inVain(what) }
      receive()
    }
  }

  /// Reads output until this line is on the screen.
  func wait(forLine line: String) throws { try wait(for: line) { $0.lines.contains(line) } }

  /// Reads output until the program ends.
  func waitForEnd() throws -> Ending {
    let end = ContinuousClock.now + Self.patience
    while ending == nil {
      guard ContinuousClock.now < end else { throw inVain("the end of the program") }
      if isAtEnd { usleep(10_000) } else { receive() }
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) == process {
        let signal = status & 0x7F
        ending = signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
      }
    }
    while !isAtEnd { receive() }
    return ending ?? .exit(0)
  }

  /// Closes the window.
  func hangUp() {
    close(master)
    master = -1
    isAtEnd = true
  }

  /// Reads the output that is there, or waits a moment for it.
  private func receive() {
    var input = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&input, 1, 100) > 0 else { return }
    var block = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(master, &block, block.count)
    if count > 0 {
      output += block[..<count]
      screen.show(block[..<count])
    } else if count == 0 || errno != EINTR {
      isAtEnd = true
    }
  }

  /// The error after a wait without success. It shows the screen, but cuts off an endless answer.
  private func inVain(_ what: String) -> BardProcess.Unexpected {
    BardProcess.Unexpected(
      "waited in vain for \(what)\(isAtEnd ? ", the program has ended" : ""); the screen:\n"
        + screen.lines.suffix(50).joined(separator: "\n") + "\n"
        + (screen.unknown.isEmpty ? "" : "not understood: \(screen.unknown)"))
  }
}

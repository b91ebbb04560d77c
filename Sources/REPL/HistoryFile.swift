import CharLSTM

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where typed lines are kept: `bard/history` in the XDG state folder.
struct HistoryFile {
  static let mostLines: Int32 = 1000

  let path: String

  /// - Parameter environment: `XDG_STATE_HOME`, an absolute path, or else `HOME` with `.local/state`.
  /// - Returns: nil where there is no such folder and none can be made.
  init?(environment: [String: String]) {
    var folder: String
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      folder = state
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      folder = home + "/.local/state"
    } else {
      return nil
    }
    folder += "/bard"
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
      return nil
    }
    path = folder + "/history"
  }

  /// Adds a line at once, so that nothing is lost however the program ends. A history that cannot be written is no
  /// reason to end a conversation.
  func append(_ line: String) {
    do throws(SystemError) {
      try FileDescriptor(opening: path, for: .appending, permissions: 0o600).append(Array((line + "\n").utf8))
    } catch {}
  }
}

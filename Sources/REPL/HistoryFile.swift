import CharLSTM

/// The file that keeps typed lines: `bard/history` in the XDG state folder.
struct HistoryFile {
  static let mostLines: Int32 = 1000

  let path: String

  /// - Parameter environment: uses `XDG_STATE_HOME` if it is an absolute path, or else `.local/state` in `HOME`.
  /// - Returns: nil if there is no such folder and none can be created.
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

  /// Adds a line at once, so that it is kept however the program ends. If the history cannot be written, the
  /// conversation continues without it.
  func append(_ line: String) {
    do throws(SystemError) {
      try FileDescriptor(opening: path, for: .appending, permissions: 0o600).append(Array((line + "\n").utf8))
    } catch {}
  }
}

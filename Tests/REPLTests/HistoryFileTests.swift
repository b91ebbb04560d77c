import Foundation
import Testing

@testable import REPL

@Suite struct HistoryFileTests {
  @Test func standsInTheStateFolder() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bard-\(UUID().uuidString)").path
    defer { do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record(error) } }
    let file = try #require(HistoryFile(environment: ["XDG_STATE_HOME": folder, "HOME": "/nowhere"]))
    #expect(file.path == folder + "/bard/history")
    file.append("first")
    file.append("zwölf")
    #expect(try String(contentsOfFile: file.path, encoding: .utf8) == "first\nzwölf\n")
    // the XDG specification says that a relative path is ignored
    let home = try #require(HistoryFile(environment: ["XDG_STATE_HOME": "relative", "HOME": folder]))
    #expect(home.path == folder + "/.local/state/bard/history")
    #expect(HistoryFile(environment: [:]) == nil)
    #expect(HistoryFile(environment: ["HOME": "/proc/none"]) == nil)
  }
}

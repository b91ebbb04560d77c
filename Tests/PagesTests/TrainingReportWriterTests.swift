import Foundation
import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct TrainingReportWriterTests {
  /// A clock that advances only when a test sets it.
  private final class Clock {
    var seconds = 0.0
  }

  private let folder: TemporaryFolder
  private let clock = Clock()

  init() throws { folder = try TemporaryFolder() }

  private func writer() -> TrainingReportWriter {
    TrainingReportWriter(path: folder("a.html")) { [clock] in clock.seconds }
  }

  /// A report that can be told apart by its name, and that takes a second to make.
  private func report(_ name: String) -> TrainingReport {
    clock.seconds += 1
    return testReport(name: name)
  }

  private func title() throws -> String? {
    String(decoding: try folder.bytes("a.html"), as: UTF8.self).split(separator: "\n").first { $0.contains("<title>") }
      .map(String.init)
  }

  @Test func itTakesAHundredthOfTheTime() throws {
    var writer = writer()
    #expect(writer.write(isLast: false) { report("first") } == nil)
    #expect(clock.seconds == 1)
    // writing the page took a second, so the next page is due a hundred seconds later
    clock.seconds = 100.9
    #expect(writer.write(isLast: false) { report("early") } == nil)
    #expect(try title() == "<title>Training of first</title>")
    #expect(clock.seconds == 100.9)
    clock.seconds = 101
    #expect(writer.write(isLast: false) { report("second") } == nil)
    #expect(try title() == "<title>Training of second</title>")
    #expect(writer.write(isLast: true) { report("last") } == nil)
    #expect(try title() == "<title>Training of last</title>")
  }

  @Test func whatGoesWrongIsToldOnce() throws {
    try folder.write([1], to: "a.html")
    var writer = writer()
    #expect(writer.write(isLast: true) { report("one") } == .foreign(path: folder("a.html")))
    #expect(writer.write(isLast: true) { report("two") } == nil)
    #expect(try folder.bytes("a.html") == [1])
    try FileManager.default.removeItem(atPath: folder("a.html"))
    #expect(writer.write(isLast: true) { report("three") } == nil)
    #expect(try title() == "<title>Training of three</title>")
  }
}

import Foundation
import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct TrainingReportFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func itIsWrittenAndReplaced() throws {
    let path = folder("a.html")
    #expect(TrainingReport.mayStand(at: path))
    try testReport(.running(share: 0.5)).write(to: path)
    #expect(String(decoding: try folder.bytes("a.html"), as: UTF8.self) == testReport(.running(share: 0.5)).html)
    #expect(TrainingReport.mayStand(at: path))
    try testReport(name: "other").write(to: path)
    #expect(String(decoding: try folder.bytes("a.html"), as: UTF8.self) == testReport(name: "other").html)
    #expect(try folder.names() == ["a.html"])
  }

  @Test(arguments: ["", "<!doctype html>\n<p>mine</p>", "<meta name=\"generator\" content=\"bard train\">\n"])
  func whatIsNoSuchPageStays(text: String) throws {
    try folder.write(Array(text.utf8), to: "a.html")
    #expect(!TrainingReport.mayStand(at: folder("a.html")))
    #expect(throws: TrainingReportError.foreign(path: folder("a.html"))) {
      try testReport().write(to: folder("a.html"))
    }
    #expect(try folder.bytes("a.html") == Array(text.utf8))
  }

  @Test func otherPagesOfBardStay() throws {
    let page = HTMLPage(title: "bard train", body: "<meta name=\"generator\" content=\"bard train\">").html
    try folder.write(Array(page.utf8), to: "a.html")
    #expect(!TrainingReport.mayStand(at: folder("a.html")))
    #expect(!TrainingReport.mayStand(at: folder.path))
  }

  @Test func itGoesWhereALinkLeads() throws {
    try folder.link("a.html", to: "b.html")
    #expect(TrainingReport.mayStand(at: folder("a.html")))
    try testReport().write(to: folder("a.html"))
    #expect(try folder.destination(ofLink: "a.html") == "b.html")
    try folder.write([1], to: "b.html")
    #expect(!TrainingReport.mayStand(at: folder("a.html")))
  }

  @Test func aFolderThatIsNotThere() {
    let path = folder("none/a.html")
    #expect(
      throws: TrainingReportError.notWritten(
        path: path, .system(operation: .openFolder, path: folder("none/"), errno: ENOENT))
    ) { try testReport().write(to: path) }
  }
}

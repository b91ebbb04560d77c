import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct AtomicFileWriterTests {
  private let folder: TemporaryFolder
  private let old: [UInt8] = Array("old".utf8)

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func nothingIsSeenBeforeTheCommit() throws {
    try folder.write(old, to: "file")
    var writer = try AtomicFile.Writer(path: folder("file"))
    try writer.write(Array("new ".utf8))
    #expect(try folder.bytes("file") == old)
    let names = try folder.names()
    #expect(names.count == 2)
    #expect(names.first?.hasPrefix(".file.tmp-\(ProcessInfo.processInfo.processIdentifier)-") == true)
    try writer.write(Array("file".utf8))
    try writer.commit()
    #expect(try folder.bytes("file") == Array("new file".utf8))
    #expect(try folder.names() == ["file"])
  }

  @Test func piecesOfAllSizesStayInOrder() throws {
    var expected = [UInt8]()
    var writer = try AtomicFile.Writer(path: folder("file"))
    for (index, size) in [0, 1, 10, 65_535, 1, 65_536, 65_537, 3, 200_000, 0, 5].enumerated() {
      let piece = [UInt8](repeating: UInt8(index), count: size)
      try writer.write(piece)
      expected += piece
    }
    try writer.commit()
    #expect(try folder.bytes("file") == expected)
  }

  @Test func discardLeavesNothing() throws {
    var writer = try AtomicFile.Writer(path: folder("file"))
    try writer.write([UInt8](repeating: 1, count: 100_000))
    writer.discard()
    #expect(try folder.names() == [])
  }

  @Test func anOwnerThatIsGoneLeavesNothing() throws {
    struct Interruption: Error {}
    func fail() throws {
      var writer = try AtomicFile.Writer(path: folder("file"))
      try writer.write(old)
      throw Interruption()
    }
    try folder.write(old, to: "file")
    #expect(throws: Interruption.self) { try fail() }
    #expect(try folder.names() == ["file"])
    #expect(try folder.bytes("file") == old)
  }

  @Test func aCommitThatFailsLeavesNothing() throws {
    let path = folder("file")
    var writer = try AtomicFile.Writer(path: path)
    try writer.write(old)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    var failure: AtomicFileError?
    do throws(AtomicFileError) { try writer.commit() } catch { failure = error }
    #expect(failure == .system(operation: .rename, path: path, errno: EISDIR))
    #expect(try folder.names() == ["file"])
  }

  @Test func aLeftoverOfAnotherProcessIsPassedOver() throws {
    // Ids of processes come again; the numbers ahead are those that this process will try next.
    let probe = try AtomicFile.Writer(path: folder("probe"))
    let name = try #require(try folder.names().first)
    probe.discard()
    let number = try #require(name.split(separator: "-").last.flatMap { Int($0) })
    let leftovers = (1...20).map { ".file.tmp-\(ProcessInfo.processInfo.processIdentifier)-\(number + $0)" }
    for leftover in leftovers { try folder.write(old, to: leftover) }
    try AtomicFile.write([1, 2, 3], to: folder("file"))
    #expect(try folder.bytes("file") == [1, 2, 3])
    for leftover in leftovers { #expect(try folder.bytes(leftover) == old) }
  }

  @Test func twoWritersOfOnePath() throws {
    var first = try AtomicFile.Writer(path: folder("file"))
    var second = try AtomicFile.Writer(path: folder("file"))
    try first.write(Array("first".utf8))
    try second.write(Array("second".utf8))
    try first.commit()
    #expect(try folder.bytes("file") == Array("first".utf8))
    try second.commit()
    #expect(try folder.bytes("file") == Array("second".utf8))
    #expect(try folder.names() == ["file"])
  }
}

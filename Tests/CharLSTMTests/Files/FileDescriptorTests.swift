import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct FileDescriptorTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func failure(_ body: () throws(SystemError) -> Void) -> SystemError? {
    do throws(SystemError) { try body() } catch { return error }
    return nil
  }

  /// What opening fails with.
  private func refusal(_ name: String, _ access: FileDescriptor.Access) -> SystemError? {
    failure { () throws(SystemError) in _ = try FileDescriptor(opening: folder(name), for: access) }
  }

  @Test func whatCannotBeOpened() throws {
    try folder.write([1], to: "file")
    #expect(refusal("none", .reading) == SystemError(number: ENOENT))
    #expect(refusal("file/in", .reading) == SystemError(number: ENOTDIR))
    #expect(refusal("file", .folder) == SystemError(number: ENOTDIR))
    #expect(refusal("", .appending) == SystemError(number: EISDIR))
    #expect(refusal("file", .creating) == SystemError(number: EEXIST))
    #expect(refusal(String(repeating: "n", count: 300), .reading) == SystemError(number: ENAMETOOLONG))
    #expect(refusal("file", .reading) == nil)
  }

  @Test func itIsClosedWhenItsOwnerGoes() throws {
    // a pipe can be opened for writing, without waiting, for as long as somebody has it open for reading
    #expect(mkfifo(folder("pipe"), 0o600) == 0)
    func canBeWritten() -> Bool {
      let writer = open(folder("pipe"), O_WRONLY | O_NONBLOCK)
      return writer >= 0 && close(writer) == 0
    }
    func whileReading() throws {
      let reader = try FileDescriptor(opening: folder("pipe"), for: .readingAtOnce)
      #expect(canBeWritten())
      #expect(!(try reader.status().isRegularFile))
    }
    try whileReading()
    #expect(!canBeWritten())
  }

  @Test func fillTakesWhatComesNext() throws {
    try folder.write([1, 2, 3, 4, 5], to: "file")
    let file = try FileDescriptor(opening: folder("file"), for: .reading)
    var block: [UInt8] = [9, 9, 9]
    #expect(try file.fill(&block) == 3)
    #expect(block == [1, 2, 3])
    #expect(try file.fill(&block) == 2)
    #expect(block == [4, 5, 3])
    #expect(try file.fill(&block) == 0)
    #expect(block.count == 3)
  }

  @Test(arguments: [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 7]) func readToEndReadsWhatIsLeft(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try folder.write([7, 8] + bytes, to: "file")
    let file = try FileDescriptor(opening: folder("file"), for: .reading)
    var block: [UInt8] = [0, 0]
    #expect(try file.fill(&block) == 2)
    let isWhole = try file.readToEnd() == bytes
    #expect(isWhole)
    #expect(try file.readToEnd().isEmpty)
  }

  @Test func fillAtAPlace() throws {
    try folder.write([1, 2, 3, 4, 5], to: "file")
    let file = try FileDescriptor(opening: folder("file"), for: .reading)
    var block: [UInt8] = [9, 9, 9]
    #expect(try file.fill(&block, limit: 2, at: 1) == 2)
    #expect(block == [2, 3, 9])
    #expect(try file.fill(&block, limit: 3, at: 4) == 1)
    #expect(block == [5, 3, 9])
    #expect(try file.fill(&block, limit: 3, at: 5) == 0)
  }

  @Test func whatCannotBeRead() throws {
    let missing = failure { () throws(SystemError) in _ = try FileDescriptor(opening: folder("none"), for: .reading) }
    #expect(missing == SystemError(number: ENOENT))
    // a folder can be opened, and not be read
    let opened = try FileDescriptor(opening: folder.path, for: .reading)
    #expect(failure { () throws(SystemError) in _ = try opened.readToEnd() } == SystemError(number: EISDIR))
  }

  @Test func appendWritesAllOfIt() throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 17) }
    let file = try FileDescriptor(opening: folder("file"), for: .creating, permissions: 0o600)
    try file.append([])
    try file.append(bytes)
    try file.append([1, 2])
    // compared first: the difference of two large arrays takes longer than anyone waits
    let isWhole = try folder.bytes("file") == bytes + [1, 2]
    #expect(isWhole)
    #expect(try folder.permissions("file") == 0o600)
    let reader = try FileDescriptor(opening: folder("file"), for: .reading)
    #expect(failure { () throws(SystemError) in try reader.append([1]) } == SystemError(number: EBADF))
  }

  @Test func theStatusIsThatOfTheFile() throws {
    try folder.write([1, 2, 3], to: "file")
    try folder.link("link", to: "file")
    try folder.link("broken", to: "none")
    let file = try FileDescriptor(opening: folder("file"), for: .reading)
    try file.setPermissions(0o640)
    try file.sync()
    for status in [try file.status(), try #require(try FileStatus.ofFile(at: folder("link")))] {
      #expect(status.isRegularFile)
      #expect(status.byteCount == 3)
      #expect(status.permissions == 0o640)
    }
    #expect(try FileStatus.ofFile(at: folder.path)?.isRegularFile == false)
    #expect(try FileStatus.ofFile(at: folder("none")) == nil)
    #expect(try FileStatus.ofFile(at: folder("broken")) == nil)
    #expect(throws: SystemError(number: ENOTDIR)) { try FileStatus.ofFile(at: folder("file/in")) }
  }

  @Test func whatHasNoDiskBehindItCannotBeSynced() throws {
    #expect(mkfifo(folder("pipe"), 0o600) == 0)
    let pipe = try FileDescriptor(opening: folder("pipe"), for: .readingAtOnce)
    #expect(failure { () throws(SystemError) in try pipe.sync() } != nil)
  }

  #if os(Linux)
    @Test func aFullDisk() throws {
      let file = try FileDescriptor(opening: "/dev/full", for: .appending)
      #expect(failure { () throws(SystemError) in try file.append([1]) } == SystemError(number: ENOSPC))
    }
  #endif
}

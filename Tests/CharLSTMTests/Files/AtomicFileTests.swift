import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct AtomicFileTests {
  private let folder: TemporaryFolder
  private let old: [UInt8] = Array("old".utf8)
  private let new: [UInt8] = Array("new".utf8)

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func aNewFile() throws {
    try AtomicFile.write(new, to: folder("file"))
    #expect(try folder.bytes("file") == new)
    #expect(try folder.names() == ["file"])
  }

  @Test func anEmptyFile() throws {
    try AtomicFile.write([], to: folder("file"))
    #expect(try folder.bytes("file") == [])
  }

  @Test func aLargeFile() throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try AtomicFile.write(bytes, to: folder("file"))
    #expect(try folder.bytes("file") == bytes)
  }

  @Test func aReplacedFile() throws {
    try folder.write(old, to: "file")
    try AtomicFile.write(new, to: folder("file"))
    #expect(try folder.bytes("file") == new)
    #expect(try folder.names() == ["file"])
  }

  @Test func aNameTooLongForASuffix() throws {
    let name = String(repeating: "é", count: 127)
    try AtomicFile.write(new, to: folder(name))
    #expect(try folder.names() == [name])
  }

  // MARK: Permissions

  @Test func aNewFileHasTheUsualPermissions() throws {
    let descriptor = open(folder("plain"), O_WRONLY | O_CREAT, 0o644)
    #expect(descriptor >= 0)
    close(descriptor)
    try AtomicFile.write(new, to: folder("file"))
    #expect(try folder.permissions("file") == folder.permissions("plain"))
  }

  @Test(arguments: [0o600, 0o640, 0o666, 0o755])
  func aReplacedFileKeepsItsPermissions(_ permissions: Int) throws {
    try folder.write(old, to: "file")
    try folder.setPermissions(permissions, of: "file")
    try AtomicFile.write(new, to: folder("file"))
    #expect(try folder.permissions("file") == permissions)
  }

  @Test func aReadOnlyFileIsRefusedToWhoMayNotWriteIt() throws {
    try folder.write(old, to: "file")
    try folder.setPermissions(0o444, of: "file")
    let path = folder("file")
    if access(path, W_OK) == 0 {
      // root may write everywhere, and the file is no less protected from all others afterwards
      try AtomicFile.write(new, to: path)
      #expect(try folder.bytes("file") == new)
    } else {
      #expect(throws: AtomicFileError.system(operation: .inspect, path: path, errno: EACCES)) {
        try AtomicFile.write(new, to: path)
      }
      #expect(try folder.bytes("file") == old)
    }
    #expect(try folder.permissions("file") == 0o444)
    #expect(try folder.names() == ["file"])
  }

  // MARK: Links

  @Test func aLinkStaysALink() throws {
    try FileManager.default.createDirectory(atPath: folder("sub"), withIntermediateDirectories: false)
    try folder.write(old, to: "sub/real")
    try folder.link("second", to: "sub/real")
    try folder.link("first", to: folder("second"))
    try AtomicFile.write(new, to: folder("first"))
    #expect(try folder.destination(ofLink: "first") == folder("second"))
    #expect(try folder.destination(ofLink: "second") == "sub/real")
    #expect(try folder.bytes("sub/real") == new)
    #expect(try folder.names() == ["first", "second", "sub"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder("sub")) == ["real"])
  }

  @Test func aLinkToNothingYet() throws {
    try folder.link("link", to: "real")
    try AtomicFile.write(new, to: folder("link"))
    #expect(try folder.destination(ofLink: "link") == "real")
    #expect(try folder.bytes("real") == new)
  }

  @Test func aLinkInACircle() throws {
    try folder.link("a", to: "b")
    try folder.link("b", to: "a")
    let path = folder("a")
    #expect(throws: AtomicFileError.system(operation: .inspect, path: path, errno: ELOOP)) {
      try AtomicFile.write(new, to: path)
    }
    #expect(try folder.names() == ["a", "b"])
  }

  // MARK: Failures

  @Test func noFolder() throws {
    let path = folder("missing/file")
    #expect(throws: AtomicFileError.system(operation: .openFolder, path: folder("missing/"), errno: ENOENT)) {
      try AtomicFile.write(new, to: path)
    }
    #expect(try folder.names() == [])
  }

  @Test func noPath() {
    #expect(throws: AtomicFileError.self) { try AtomicFile.write(new, to: "") }
  }

  @Test func aFileWhereTheFolderShouldBe() throws {
    try folder.write(old, to: "file")
    let path = folder("file/in")
    #expect(throws: AtomicFileError.system(operation: .inspect, path: path, errno: ENOTDIR)) {
      try AtomicFile.write(new, to: path)
    }
    #expect(try folder.bytes("file") == old)
  }

  @Test func aNameThatNoFileCanHave() throws {
    let path = folder(String(repeating: "n", count: 256))
    #expect(throws: AtomicFileError.system(operation: .inspect, path: path, errno: ENAMETOOLONG)) {
      try AtomicFile.write(new, to: path)
    }
    #expect(try folder.names() == [])
  }

  #if os(Linux)
    /// Not even root can create a file there.
    @Test func aFolderThatTakesNoFiles() throws {
      var failure: AtomicFileError?
      do throws(AtomicFileError) { try AtomicFile.write(new, to: "/proc/bard") } catch { failure = error }
      guard case .system(.create, let path, let code) = failure else {
        Issue.record("not refused when it should be created: \(String(describing: failure))")
        return
      }
      #expect(path == "/proc/bard")
      #expect(code == ENOENT || code == EACCES)
    }
  #endif

  @Test func whatIsNoFileIsNotReplaced() throws {
    try FileManager.default.createDirectory(atPath: folder("sub"), withIntermediateDirectories: false)
    #expect(mkfifo(folder("pipe"), 0o600) == 0)
    for path in [folder("sub"), folder("pipe"), folder.path, "/dev/null"] {
      #expect(throws: AtomicFileError.notAFile(path: path)) { try AtomicFile.write(new, to: path) }
    }
    #expect(try folder.names() == ["pipe", "sub"])
  }
}

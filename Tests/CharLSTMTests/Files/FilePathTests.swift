import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct FilePathTests {
  @Test func namesAndFolders() {
    #expect(FilePath.name(of: "texts/poems.txt") == "poems.txt")
    #expect(FilePath.name(of: "poems.txt") == "poems.txt")
    #expect(FilePath.name(of: "texts/") == "texts")
    #expect(FilePath.folder(of: "texts/poems.txt") == "texts/")
    #expect(FilePath.folder(of: "/poems.txt") == "/")
    #expect(FilePath.folder(of: "poems.txt") == "./")
  }

  @Test func whatIsAtAPath() throws {
    let folder = try TemporaryFolder()
    try Data("text".utf8).write(to: URL(fileURLWithPath: folder("full")))
    try Data().write(to: URL(fileURLWithPath: folder("empty")))
    #expect(FilePath.exists(folder("full")) && FilePath.exists(folder("empty")) && FilePath.exists(folder("")))
    #expect(!FilePath.exists(folder("none")) && !FilePath.exists(folder("full/none")))
    #expect(FilePath.isFolder(folder("")) && !FilePath.isFolder(folder("full")) && !FilePath.isFolder(folder("none")))
    // a folder has a size on the disk too, but nothing to read
    #expect(FilePath.hasContents(folder("full")))
    for path in ["empty", "none", ""] { #expect(!FilePath.hasContents(folder(path)), "\(path)") }
  }

  @Test func oneFileUnderSeveralNames() throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] { try Data("text".utf8).write(to: URL(fileURLWithPath: folder(name))) }
    try FileManager.default.createSymbolicLink(atPath: folder("link"), withDestinationPath: folder("a"))
    try FileManager.default.linkItem(atPath: folder("a"), toPath: folder("second"))
    for name in ["a", "./a", "link", "second"] { #expect(FilePath.isSameFile(folder(name), folder("a")), "\(name)") }
    // equal contents are not the same file, and two missing files are not either
    for (first, second) in [("a", "b"), ("none", "a"), ("none", "none")] {
      #expect(!FilePath.isSameFile(folder(first), folder(second)))
    }
  }

  @Test func removingAMissingFileIsNoError() throws {
    let folder = try TemporaryFolder()
    try Data().write(to: URL(fileURLWithPath: folder("a")))
    try FilePath.remove(folder("a"))
    #expect(!FilePath.exists(folder("a")))
    try FilePath.remove(folder("a"))
    #expect(throws: SystemError(number: ENOTDIR)) {
      try Data().write(to: URL(fileURLWithPath: folder("b")))
      try FilePath.remove(folder("b/c"))
    }
  }

  @Test func aFolderThatIsMissingCannotBeWritten() throws {
    let folder = try TemporaryFolder()
    try FilePath.checkWritable(folder(""))
    #expect(throws: SystemError.missing) { try FilePath.checkWritable(folder("none/")) }
  }
}

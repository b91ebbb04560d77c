import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct SafeTensorsReadingTests {
  /// Two floats, a double, a word and an integer, written down byte by byte.
  static let mixed: [UInt8] = safeTensorsBytes(
    """
    {"__metadata__":{"format":"pt"},"a.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},\
    "d":{"dtype":"F64","shape":[],"data_offsets":[8,16]},"u":{"dtype":"U64","shape":[1],"data_offsets":[16,24]},\
    "i":{"dtype":"I64","shape":[1],"data_offsets":[24,32]}}  \n
    """,
    data: [
      0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x20, 0xC1,
      0x18, 0x2D, 0x44, 0x54, 0xFB, 0x21, 0x09, 0x40,
      0xEF, 0xCD, 0xAB, 0x89, 0x67, 0x45, 0x23, 0x81,
      0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    ])

  @Test func numbersOfEveryTypeOfOurs() throws {
    let file = try SafeTensors(bytes: Self.mixed)
    #expect(file.metadata == ["format": "pt"])
    #expect(file.tensors.map(\.name) == ["a.weight", "d", "u", "i"])
    #expect(file.tensors.map(\.dtype) == [.f32, .f64, .u64, .i64])
    #expect(file.tensors.map(\.shape) == [[1, 2], [], [1], [1]])
    #expect(file.tensors.map(\.count) == [2, 1, 1, 1])
    #expect(try file.floats(named: "a.weight", shape: [1, 2]) == [1, -10])
    #expect(try file.doubles(named: "d", shape: []) == [Double.pi])
    #expect(try file.words(named: "u", shape: [1]) == [0x8123_4567_89AB_CDEF])
    #expect(try file.integers(named: "i", shape: [1]) == [-2])
  }

  /// The header says how long the file is, so bytes after the last tensor are found without reading them.
  @Test func aSparseFileIsNotRead() throws {
    let folder = try TemporaryFolder()
    let path = folder("sparse.safetensors")
    try Data(Self.mixed).write(to: URL(fileURLWithPath: path))
    #expect(truncate(path, 1 << 36) == 0)
    let available = 1 << 36 - (Self.mixed.count - 32)
    #expect(throws: SafeTensorsError.trailingData(used: 32, available: available)) {
      try SafeTensors(contentsOf: path)
    }
  }

  @Test func aTensorIsASliceOfTheFile() throws {
    let file = try SafeTensors(bytes: Self.mixed)
    #expect(file["d"]?.bytes.startIndex == Self.mixed.count - 24)
    #expect(file["d"]?.bytes.endIndex == Self.mixed.count - 16)
  }

  @Test func numbersNeedNotBeAligned() throws {
    let header =
      #"{"b":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]},"#
      + #""f":{"dtype":"F32","shape":[1],"data_offsets":[3,7]}}"#
    let file = try SafeTensors(bytes: safeTensorsBytes(header, data: [1, 0, 1, 0, 0, 0x80, 0x3F]))
    #expect(try file.floats(named: "f", shape: [1]) == [1])
    #expect(file["b"]?.bytes.elementsEqual([1, 0, 1]) == true)
  }

  @Test func bitsOfNotANumberAreKept() throws {
    let header = #"{"f":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
    let file = try SafeTensors(bytes: safeTensorsBytes(header, data: [0x34, 0x12, 0xC0, 0x7F, 0, 0, 0, 0x80]))
    #expect(try file.floats(named: "f", shape: [2]).map(\.bitPattern) == [0x7FC0_1234, 0x8000_0000])
  }

  @Test func theSizeOfEveryType() throws {
    for dtype in SafeTensors.DType.allCases {
      let header = #"{"x":{"dtype":"\#(dtype.rawValue)","shape":[3],"data_offsets":[0,\#(3 * dtype.byteCount)]}}"#
      let data = [UInt8](repeating: 0, count: 3 * dtype.byteCount)
      #expect(try SafeTensors(bytes: safeTensorsBytes(header, data: data))["x"]?.count == 3)
    }
    #expect(SafeTensors.DType.allCases.map(\.byteCount) == [8, 4, 2, 2, 8, 4, 2, 1, 8, 4, 2, 1, 1])
  }

  @Test(arguments: ["{}", "{ }", "{}   ", #"{"__metadata__":{}}"#, "{\t\r\n}"])
  func nothingAtAll(header: String) throws {
    #expect(try SafeTensors(bytes: safeTensorsBytes(header)) == SafeTensors())
  }

  @Test func whiteSpaceIsAllowedWhereJSONAllowsIt() throws {
    let header = """
      { "__metadata__" : { "a" : "b" , "c" : "d" } ,
        "x" : { "data_offsets" : [ 0 , 2 ] , "shape" : [ 1 , 2 ] , "dtype" : "U8" } }
      """
    let spaced = try SafeTensors(bytes: safeTensorsBytes(header, data: [7, 8]))
    #expect(spaced.metadata == ["a": "b", "c": "d"])
    #expect(spaced["x"]?.shape == [1, 2])
  }

  @Test func tensorsComeInTheOrderOfTheirBytes() throws {
    let header =
      #"{"late":{"dtype":"U8","shape":[2],"data_offsets":[1,3]},"#
      + #""early":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"#
      + #""empty":{"dtype":"F32","shape":[4,0],"data_offsets":[1,1]}}"#
    let file = try SafeTensors(bytes: safeTensorsBytes(header, data: [1, 2, 3]))
    #expect(file.tensors.map(\.name) == ["early", "empty", "late"])
    #expect(try file.floats(named: "empty", shape: [4, 0]) == [])
  }

  @Test func escapesAndOtherScripts() throws {
    let header = #"{"__metadata__":{"q\"\\\/\b\f\n\r\t":"\u0041\u00e9\u20AC\ud83d\uDE00 é€😀","\u0000":"{\"a\":[1]}"}}"#
    let file = try SafeTensors(bytes: safeTensorsBytes(header))
    #expect(file.metadata == ["q\"\\/\u{08}\u{0C}\n\r\t": "Aé€😀 é€😀", "\u{0}": #"{"a":[1]}"#])
  }

  @Test func askingForTheWrongTensor() throws {
    let file = try SafeTensors(bytes: Self.mixed)
    #expect(throws: SafeTensorsError.missingTensor("b")) { try file.floats(named: "b", shape: [1]) }
    #expect(throws: SafeTensorsError.dtypeMismatch(tensor: "d", expected: .f32, found: .f64)) {
      try file.floats(named: "d", shape: [])
    }
    #expect(throws: SafeTensorsError.shapeMismatch(tensor: "a.weight", expected: [2, 1], found: [1, 2])) {
      try file.floats(named: "a.weight", shape: [2, 1])
    }
    #expect(file["b"] == nil)
  }

  // MARK: Files

  @Test func aFileOfSeveralBlocks() throws {
    let folder = try TemporaryFolder()
    let count = 300_001
    let header = #"{"x":{"dtype":"U16","shape":[\#(count)],"data_offsets":[0,\#(2 * count)]}}"#
    let data = (0..<2 * count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    try folder.write(safeTensorsBytes(header, data: data), to: "x.safetensors")
    let file = try SafeTensors(contentsOf: folder("x.safetensors"))
    #expect(file["x"]?.bytes.elementsEqual(data) == true)
  }

  @Test func noFile() throws {
    let folder = try TemporaryFolder()
    let missing = folder("missing")
    #expect(throws: SafeTensorsError.unreadable(path: missing, errno: ENOENT)) { try SafeTensors(contentsOf: missing) }
    #expect(throws: SafeTensorsError.notAFile(path: folder.path)) { try SafeTensors(contentsOf: folder.path) }
    #expect(throws: SafeTensorsError.notAFile(path: "/dev/zero")) { try SafeTensors(contentsOf: "/dev/zero") }
    #expect(mkfifo(folder("pipe"), 0o600) == 0)
    #expect(throws: SafeTensorsError.notAFile(path: folder("pipe"))) { try SafeTensors(contentsOf: folder("pipe")) }
  }

  @Test func aFileOfAnotherKind() throws {
    let folder = try TemporaryFolder()
    try folder.write([], to: "empty")
    try folder.write(Array("First Citizen: before we proceed any further".utf8), to: "text")
    #expect(throws: SafeTensorsError.tooShort(byteCount: 0)) { try SafeTensors(contentsOf: folder("empty")) }
    #expect(throws: SafeTensorsError.headerTooLarge(byteCount: 0x6943_2074_7372_6946, limit: 100_000_000)) {
      try SafeTensors(contentsOf: folder("text"))
    }
  }
}

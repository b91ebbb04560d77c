import TestSupport
import Testing

@testable import CharLSTM

@Suite struct SafeTensorsTests {
  @Test func tensorsAreFoundByTheirName() {
    var file = SafeTensors(metadata: ["w": "no tensor"])
    file.append(name: "w", shape: [2], floats: [1, 2])
    file.append(name: "d", shape: [1, 1], doubles: [3])
    #expect(file["w"]?.shape == [2])
    #expect(file["d"]?.dtype == .f64)
    #expect(file["W"] == nil && file[""] == nil && SafeTensors()["w"] == nil)
    #expect(file.metadata == ["w": "no tensor"])
  }

  /// The way in which an accent is written makes no other name.
  @Test func aNameIsFoundHoweverItsAccentIsWritten() throws {
    var file = SafeTensors()
    file.append(name: "\u{E9}", shape: [1], words: [7])
    #expect(try file.words(named: "e\u{301}", shape: [1]) == [7])
  }

  @Test func elementsAreCountedByTheBytes() throws {
    var file = SafeTensors()
    file.append(name: "single", shape: [], floats: [1])
    file.append(name: "matrix", shape: [3, 2], integers: [1, 2, 3, 4, 5, 6])
    file.append(name: "none", shape: [7, 0], doubles: [])
    #expect(["single", "matrix", "none"].map { file[$0]?.count } == [1, 6, 0])
    // three numbers of two bytes; the slice does not begin at 0
    let header = #"{"h":{"dtype":"BF16","shape":[3],"data_offsets":[0,6]}}"#
    let halves = try SafeTensors(bytes: safeTensorsBytes(header, data: [1, 2, 3, 4, 5, 6]))
    let tensor = try #require(halves["h"])
    #expect(tensor.count == 3)
    #expect(tensor.bytes.startIndex == 8 + header.utf8.count)
  }

  @Test func aCopyIsAValueOfItsOwn() {
    var file = SafeTensors()
    file.append(name: "w", shape: [1], floats: [1])
    var copy = file
    #expect(copy == file)
    copy.append(name: "v", shape: [1], floats: [2])
    copy.metadata["k"] = "1"
    #expect(file.tensors.map(\.name) == ["w"] && file.metadata.isEmpty)
    #expect(copy != file)
  }

  @Test func equalityIsOfEverythingThatAFileSays() {
    func file(_ name: String = "w", _ shape: [Int] = [2, 1], _ bits: [UInt64] = [1, 2], key: String = "v")
      -> SafeTensors
    {
      var file = SafeTensors(metadata: ["k": key])
      file.append(name: name, shape: shape, words: bits)
      return file
    }
    #expect(file() == file())
    #expect(file() != file("x"))
    #expect(file() != file("w", [1, 2]))
    #expect(file() != file("w", [2, 1], [1, 3]))
    #expect(file() != file(key: "u"))
    // the same bytes as signed numbers
    var signed = SafeTensors(metadata: ["k": "v"])
    signed.append(name: "w", shape: [2, 1], integers: [1, 2])
    #expect(file() != signed)
  }

  /// A file that was read can be added to, its tensors of all types kept as they are.
  @Test func tensorsAreAddedToAFileThatWasRead() throws {
    let header =
      #"{"b":{"dtype":"BOOL","shape":[1],"data_offsets":[2,3]},"h":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}"#
    var file = try SafeTensors(bytes: safeTensorsBytes(header, data: [0x00, 0x3C, 1]))
    file.append(name: "w", shape: [1], floats: [1])
    // four bytes before two before one
    #expect(file.tensors.map(\.name) == ["w", "h", "b"])
    let again = try SafeTensors(bytes: file.serialized())
    #expect(again == file)
    #expect(again["h"]?.bytes.elementsEqual([0x00, 0x3C]) == true)
    #expect(again["b"]?.bytes.elementsEqual([1]) == true)
  }
}

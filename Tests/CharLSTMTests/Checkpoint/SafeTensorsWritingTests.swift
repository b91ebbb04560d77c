import TestSupport
import Testing

@testable import CharLSTM

@Suite struct SafeTensorsWritingTests {
  @Test func exactBytes() {
    var file = SafeTensors(metadata: ["b": "2", "a": "1"])
    file.append(name: "w", shape: [2, 1], floats: [1, -10])
    // With the 8 bytes of its length, the padded header fills twice 64.
    let header = #"{"__metadata__":{"a":"1","b":"2"},"w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}"#
    let padding = String(repeating: " ", count: 120 - header.utf8.count)
    #expect(
      file.serialized()
        == [120, 0, 0, 0, 0, 0, 0, 0] + Array((header + padding).utf8)
        + [0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x20, 0xC1])
  }

  @Test func exactBytesOfNothing() {
    #expect(SafeTensors().serialized() == [56, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x7D] + [UInt8](repeating: 0x20, count: 54))
  }

  @Test func exactBytesOfEveryType() {
    var file = SafeTensors()
    file.append(name: "u", shape: [1], words: [0x0123_4567_89AB_CDEF])
    file.append(name: "i", shape: [1], integers: [-2])
    file.append(name: "d", shape: [], doubles: [Double.pi])
    #expect(
      file.serialized().suffix(24) == [
        0xEF, 0xCD, 0xAB, 0x89, 0x67, 0x45, 0x23, 0x01,
        0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0x18, 0x2D, 0x44, 0x54, 0xFB, 0x21, 0x09, 0x40,
      ])
  }

  @Test func dataBeginsAtAMultipleOf64() throws {
    for length in 0..<130 {
      var file = SafeTensors(metadata: ["k": String(repeating: "x", count: length)])
      file.append(name: "w", shape: [1], floats: [1])
      let bytes = file.serialized()
      #expect((bytes.count - 4) % 64 == 0)
      #expect(try SafeTensors(bytes: bytes) == file)
    }
  }

  @Test func wideElementsComeFirst() throws {
    var file = SafeTensors()
    file.append(name: "f1", shape: [1], floats: [1])
    file.append(name: "d", shape: [1], doubles: [2])
    file.append(name: "f2", shape: [2], floats: [3, 4])
    file.append(name: "u", shape: [1], words: [5])
    #expect(file.tensors.map(\.name) == ["d", "u", "f1", "f2"])
    let read = try SafeTensors(bytes: file.serialized())
    #expect(read == file)
    for tensor in read.tensors { #expect(tensor.bytes.startIndex % tensor.dtype.byteCount == 0) }
  }

  @Test func escapesAreThoseOfOtherWriters() throws {
    let text = "\"\\/\u{08}\t\n\u{0C}\r\u{00}\u{01}\u{0F}\u{10}\u{1F}\u{7F}é😀\r\n"
    let header = try #require(
      String(validating: SafeTensors(metadata: ["k": text]).serialized().dropFirst(8), as: UTF8.self))
    let escaped = #"\"\\/\b\t\n\f\r\u0000\u0001\u000f\u0010\u001f"# + "\u{7F}é😀" + #"\r\n"#
    #expect(header.hasPrefix(#"{"__metadata__":{"k":"\#(escaped)"}}"#))
  }

  @Test(arguments: [
    "", "plain", "\"quoted\" and \\ back", "\u{0}\u{1}\u{1F}\u{7F}", "\r\n\r\n", "ß Ω 汉字 עברית", "👩‍👩‍👧‍👦🏳️‍🌈",
    "\u{10FFFF}\u{FFFD}\u{2028}\u{FEFF}", #"{"json": "in \"json\"", "list": [1.5, null]}"#,
  ])
  func textsComeBack(_ text: String) throws {
    var file = SafeTensors(metadata: [text: text, "other": text])
    file.append(name: text + "·", shape: [3], floats: [0.1, -.infinity, .leastNonzeroMagnitude])
    let read = try SafeTensors(bytes: file.serialized())
    #expect(read == file)
    // Equality of strings does not tell one way of writing an accent from another.
    #expect(read.metadata["other"].map { Array($0.utf8) } == Array(text.utf8))
  }

  @Test func numbersComeBack() throws {
    let floats = (0..<1001).map { Float(bitPattern: UInt32(truncatingIfNeeded: $0 &* 0x9E37_79B9)) }
    let words = (0..<33).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    var file = SafeTensors()
    file.append(name: "f", shape: [7, 11, 13], floats: floats)
    file.append(name: "u", shape: [33], words: words)
    file.append(name: "i", shape: [3, 11], integers: words.map { Int64(bitPattern: $0) })
    file.append(name: "d", shape: [33, 1], doubles: words.map { Double(bitPattern: $0) })
    file.append(name: "none", shape: [0, 5], floats: [])
    let read = try SafeTensors(bytes: file.serialized())
    #expect(try read.floats(named: "f", shape: [7, 11, 13]).map(\.bitPattern) == floats.map(\.bitPattern))
    #expect(try read.words(named: "u", shape: [33]) == words)
    #expect(try read.integers(named: "i", shape: [3, 11]).map { UInt64(bitPattern: $0) } == words)
    #expect(try read.doubles(named: "d", shape: [33, 1]).map(\.bitPattern) == words)
    #expect(try read.floats(named: "none", shape: [0, 5]) == [])
  }

  @Test func theSameValueIsTheSameBytes() {
    func bytes(_ keys: [String]) -> [UInt8] {
      var file = SafeTensors()
      for key in keys { file.metadata[key] = key }
      return file.serialized()
    }
    let keys = (0..<50).map { "key \($0 * 7 % 50)" }
    #expect(bytes(keys) == bytes(keys.reversed()))
  }

  @Test func throughAFile() throws {
    let folder = try TemporaryFolder()
    var file = SafeTensors(metadata: ["k": "é"])
    file.append(name: "w", shape: [2], floats: [1, 2])
    try file.write(to: folder("w.safetensors"))
    #expect(try folder.bytes("w.safetensors") == file.serialized())
    #expect(try SafeTensors(contentsOf: folder("w.safetensors")) == file)
    #expect(try folder.names() == ["w.safetensors"])
  }
}

import Testing

@testable import CharLSTM

/// The header by itself: neither the data nor the other tensors are looked at.
@Suite struct SafeTensorsHeaderTests {
  private func header(_ text: String) throws(SafeTensorsError) -> SafeTensorsHeader {
    let bytes = Array(text.utf8)
    return try SafeTensorsHeader(bytes, in: 0..<bytes.count)
  }

  private func byte(_ name: String, _ begin: Int) -> String {
    #""\#(name)":{"dtype":"U8","shape":[1],"data_offsets":[\#(begin),\#(begin + 1)]}"#
  }

  @Test func entriesComeAsTheyAreWritten() throws {
    let header = try header(
      #"{"late":{"shape":[2,3],"data_offsets":[100,124],"dtype":"F32"},"__metadata__":{"k":"v"},\#(byte("early", 5))}"#)
    #expect(header.entries.map(\.name) == ["late", "early"])
    #expect(header.entries.map(\.dtype) == [.f32, .u8])
    #expect(header.entries.map(\.shape) == [[2, 3], [1]])
    #expect(header.entries.map(\.range) == [100..<124, 5..<6])
    #expect(header.metadata == ["k": "v"])
  }

  /// Overlaps and gaps are found where the data are.
  @Test func tensorsAreNotComparedWithOneAnother() throws {
    #expect(
      try header("{\(byte("a", 7)),\(byte("b", 7)),\(byte("c", 90))}").entries.map(\.range.lowerBound) == [7, 7, 90])
  }

  @Test func onlyItsRangeIsRead() throws {
    let bytes = Array("}}}{\(byte("a", 0))}{{".utf8)
    let inner = try SafeTensorsHeader(bytes, in: 3..<bytes.count - 2)
    #expect(inner.entries.map(\.name) == ["a"])
    // the brace that would close it lies behind the range; offsets are those of the file
    #expect(throws: SafeTensorsError.malformedHeader(offset: bytes.count - 3, fault: .endOfHeader)) {
      try SafeTensorsHeader(bytes, in: 3..<bytes.count - 3)
    }
    #expect(throws: SafeTensorsError.malformedHeader(offset: 2, fault: .expected(.openingBrace, found: 0x7D))) {
      try SafeTensorsHeader(bytes, in: 2..<bytes.count)
    }
    #expect(throws: SafeTensorsError.malformedHeader(offset: 3, fault: .endOfHeader)) {
      try SafeTensorsHeader(bytes, in: 3..<3)
    }
  }

  /// é as one scalar, and as e with an accent: one name to every lookup.
  @Test func namesThatLookAlikeAreOne() {
    #expect(throws: SafeTensorsError.duplicateName("\u{E9}")) {
      try header("{\(byte("\u{E9}", 0)),\(byte("e\u{301}", 1))}")
    }
    #expect(throws: SafeTensorsError.duplicateMetadataKey("\u{E9}")) {
      try header(#"{"__metadata__":{"\u00e9":"1","e\u0301":"2"}}"#)
    }
  }

  /// A name may be that of a field, or of a key of the metadata.
  @Test func aNameIsTakenOnlyAmongTensors() throws {
    let header = try header(#"{"__metadata__":{"shape":"1"},\#(byte("shape", 0)),\#(byte("", 1))}"#)
    #expect(header.entries.map(\.name) == ["shape", ""])
    #expect(header.metadata == ["shape": "1"])
  }

  @Test func asManyDimensionsAsNumPyHas() throws {
    let shape = Array(repeating: "1", count: 64).joined(separator: ",")
    let header = try header(#"{"a":{"dtype":"I16","shape":[\#(shape)],"data_offsets":[0,2]}}"#)
    #expect(header.entries[0].shape == [Int](repeating: 1, count: 64))
  }

  @Test func bytesOfAShape() {
    func bytes(_ dtype: SafeTensors.DType, _ shape: [Int]) -> Int? {
      SafeTensorsHeader.Entry.byteCount(dtype, shape)
    }
    #expect(bytes(.f32, []) == 4)
    #expect(bytes(.bf16, [3, 5, 7]) == 210)
    #expect(bytes(.f64, [4, 0, 9]) == 0)
    #expect(bytes(.u8, [1 << 62, 4, 0]) == 0)
    #expect(bytes(.u8, [Int.max]) == Int.max)
    #expect(bytes(.u8, [1 << 31, 1 << 31]) == 1 << 62)
    #expect(bytes(.u8, [1 << 31, 1 << 32]) == nil)
    #expect(bytes(.u16, [1 << 62]) == nil)
  }

  /// Where several things are wrong, a tensor is judged by its fields first, then by its offsets, then by its size.
  @Test func theFirstOfSeveralFaultsIsNamed() {
    #expect(throws: SafeTensorsError.missingField(tensor: "a", field: .shape)) {
      try header(#"{"a":{"data_offsets":[4,0],"dtype":"F32"}}"#)
    }
    #expect(throws: SafeTensorsError.reversedOffsets(tensor: "a", begin: 9, end: 0)) {
      try header(#"{"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[9,0]}}"#)
    }
    // a duplicate is named before what it says
    #expect(throws: SafeTensorsError.duplicateName("a")) { try header("{\(byte("a", 0)),\"a\":null}") }
    #expect(throws: SafeTensorsError.duplicateField(tensor: "a", field: .shape)) {
      try header(#"{"a":{"shape":[1],"shape":null}}"#)
    }
  }
}

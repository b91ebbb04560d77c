import Testing

@testable import CharLSTM

/// A file that is not as the format has it, and what has to be said about it.
struct Corruption: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let bytes: [UInt8]
  let error: SafeTensorsError

  init(_ name: String, _ header: String, dataCount: Int = 0, _ error: SafeTensorsError) {
    self.init(name, bytes: safeTensorsBytes(header, data: [UInt8](repeating: 0, count: dataCount)), error)
  }

  init(_ name: String, bytes: [UInt8], _ error: SafeTensorsError) {
    testDescription = name
    self.bytes = bytes
    self.error = error
  }

  /// A fault in the JSON, at an offset counted from the header's first byte.
  init(_ name: String, _ header: String, at offset: Int, _ fault: SafeTensorsError.HeaderFault) {
    self.init(name, header, .malformedHeader(offset: 8 + offset, fault: fault))
  }

  /// A number that is none, as the only dimension of the tensor x.
  init(number: String, found: String? = nil) {
    let error = SafeTensorsError.invalidNumber(tensor: "x", field: .shape, found: found ?? number)
    self.init("number \(number)", #"{"x":{"dtype":"F32","shape":[\#(number)],"data_offsets":[0,4]}}"#, error)
  }
}

@Suite struct SafeTensorsCorruptionTests {
  @Test(arguments: sizes + layout + fields + numbers)
  func theErrorSaysWhatIsWrong(_ corruption: Corruption) {
    #expect(throws: corruption.error) { try SafeTensors(bytes: corruption.bytes) }
  }

  @Test(arguments: syntax + strings)
  func theErrorSaysWhereItIs(_ corruption: Corruption) {
    #expect(throws: corruption.error) { try SafeTensors(bytes: corruption.bytes) }
  }

  static let sizes: [Corruption] = [
    Corruption("empty", bytes: [], .tooShort(byteCount: 0)),
    Corruption("seven bytes", bytes: [2, 0, 0, 0, 0, 0, 0], .tooShort(byteCount: 7)),
    Corruption("no header", bytes: [2, 0, 0, 0, 0, 0, 0, 0], .headerTruncated(byteCount: 2, available: 0)),
    Corruption(
      "half a header", bytes: Array(safeTensorsBytes("{}").dropLast()),
      .headerTruncated(byteCount: 2, available: 1)),
    Corruption(
      "a header of 100 MB and a byte", bytes: [1, 0xE1, 0xF5, 5, 0, 0, 0, 0, 0x7B],
      .headerTooLarge(byteCount: 100_000_001, limit: 100_000_000)),
    Corruption(
      "a header of 100 MB", bytes: [0, 0xE1, 0xF5, 5, 0, 0, 0, 0, 0x7B],
      .headerTruncated(byteCount: 100_000_000, available: 1)),
    Corruption(
      "a header of 2^64 - 1 bytes", bytes: [UInt8](repeating: 0xFF, count: 9),
      .headerTooLarge(byteCount: .max, limit: 100_000_000)),
    Corruption("a length of 0", "", .malformedHeader(offset: 8, fault: .endOfHeader)),
  ]

  private static func bytes(_ name: String, _ begin: Int, _ end: Int, shape: String? = nil) -> String {
    #""\#(name)":{"dtype":"U8","shape":[\#(shape ?? "\(end - begin)")],"data_offsets":[\#(begin),\#(end)]}"#
  }

  static let layout: [Corruption] = [
    Corruption(
      "data cut off", "{\(bytes("a", 0, 2)),\(bytes("b", 2, 6))}", dataCount: 5,
      .dataTruncated(tensor: "b", end: 6, available: 5)),
    Corruption("data left over", "{\(bytes("a", 0, 2))}", dataCount: 5, .trailingData(used: 2, available: 5)),
    Corruption("data without tensors", "{}", dataCount: 1, .trailingData(used: 0, available: 1)),
    Corruption(
      "overlap", "{\(bytes("a", 0, 4)),\(bytes("b", 3, 6))}", dataCount: 6,
      .overlap(tensor: "b", begin: 3, previousEnd: 4)),
    Corruption(
      "two in one place", "{\(bytes("a", 0, 4)),\(bytes("b", 0, 4))}", dataCount: 4,
      .overlap(tensor: "b", begin: 0, previousEnd: 4)),
    Corruption(
      "gap", "{\(bytes("a", 0, 4)),\(bytes("b", 5, 6))}", dataCount: 6,
      .gap(tensor: "b", begin: 5, previousEnd: 4)),
    Corruption(
      "gap at the beginning", "{\(bytes("a", 1, 2))}", dataCount: 2,
      .gap(tensor: "a", begin: 1, previousEnd: 0)),
    Corruption("empty tensor beyond the data", "{\(bytes("a", 9, 9))}", .gap(tensor: "a", begin: 9, previousEnd: 0)),
    Corruption(
      "ends before it begins", "{\(bytes("a", 4, 0, shape: "4"))}", dataCount: 4,
      .reversedOffsets(tensor: "a", begin: 4, end: 0)),
    Corruption(
      "shape too small", "{\(bytes("a", 0, 4, shape: "3"))}", dataCount: 4,
      .byteCountMismatch(tensor: "a", expected: 3, found: 4)),
    Corruption(
      "shape too large", "{\(bytes("a", 0, 4, shape: "2,3"))}", dataCount: 4,
      .byteCountMismatch(tensor: "a", expected: 6, found: 4)),
    Corruption(
      "far beyond the file", "{\(bytes("a", 0, Int.max))}", dataCount: 4,
      .dataTruncated(tensor: "a", end: .max, available: 4)),
    Corruption(
      "shape beyond 63 bits", "{\(bytes("a", 0, 4, shape: "4294967296,4294967296"))}", dataCount: 4,
      .shapeOverflow(tensor: "a", shape: [1 << 32, 1 << 32])),
    Corruption(
      "bytes beyond 63 bits",
      #"{"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}}"#,
      .shapeOverflow(tensor: "a", shape: [1 << 61])),
    Corruption(
      "more dimensions than anyone has",
      "{\(bytes("a", 0, 1, shape: Array(repeating: "1", count: 65).joined(separator: ",")))}", dataCount: 1,
      .tooManyDimensions(tensor: "a", limit: 64)),
  ]

  static let fields: [Corruption] = [
    Corruption("a name twice", "{\(bytes("a", 0, 1)),\(bytes("a", 1, 2))}", dataCount: 2, .duplicateName("a")),
    Corruption(
      "a name twice, once escaped", #"{\#(bytes("a", 0, 1)),\#(bytes(#"\u0061"#, 1, 2))}"#, dataCount: 2,
      .duplicateName("a")),
    Corruption("metadata twice", #"{"__metadata__":{},"__metadata__":{}}"#, .duplicateName("__metadata__")),
    Corruption("a key twice", #"{"__metadata__":{"k":"1","k":"1"}}"#, .duplicateMetadataKey("k")),
    Corruption(
      "a field twice", #"{"a":{"dtype":"U8","shape":[],"dtype":"U8"}}"#,
      .duplicateField(tensor: "a", field: .dtype)),
    Corruption("a shape twice", #"{"a":{"shape":[],"shape":[]}}"#, .duplicateField(tensor: "a", field: .shape)),
    Corruption(
      "offsets twice", #"{"a":{"data_offsets":[0,0],"data_offsets":[0,0]}}"#,
      .duplicateField(tensor: "a", field: .dataOffsets)),
    Corruption("an unknown field", #"{"a":{"stride":[1]}}"#, .unknownField(tensor: "a", found: "stride")),
    Corruption("no field", #"{"a":{}}"#, .missingField(tensor: "a", field: .dtype)),
    Corruption("no shape", #"{"a":{"dtype":"U8"}}"#, .missingField(tensor: "a", field: .shape)),
    Corruption("no offsets", #"{"a":{"dtype":"U8","shape":[]}}"#, .missingField(tensor: "a", field: .dataOffsets)),
    Corruption(
      "deep objects", String(repeating: #"{"a":"#, count: 200_000), .unknownField(tensor: "a", found: "a")),
    Corruption("unknown type", #"{"a":{"dtype":"F8_E4M3"}}"#, .unknownDType(tensor: "a", found: "F8_E4M3")),
    Corruption("type in small letters", #"{"a":{"dtype":"f32"}}"#, .unknownDType(tensor: "a", found: "f32")),
  ]

  static let numbers: [Corruption] = [
    Corruption(number: "-1"), Corruption(number: "1.0"), Corruption(number: "1e3"), Corruption(number: "01"),
    Corruption(number: "+1"), Corruption(number: "-"), Corruption(number: "9223372036854775808"),
    Corruption(number: "99999999999999999999"),
    Corruption(number: String(repeating: "9", count: 1000), found: String(repeating: "9", count: 32)),
    Corruption(
      "negative offset", #"{"x":{"dtype":"U8","shape":[1],"data_offsets":[-1,0]}}"#,
      .invalidNumber(tensor: "x", field: .dataOffsets, found: "-1")),
  ]

  static let syntax: [Corruption] = [
    Corruption("a list", "[]", at: 0, .expected(.openingBrace, found: 0x5B)),
    Corruption("white space first", " {}", at: 0, .expected(.openingBrace, found: 0x20)),
    Corruption("unclosed", "{", at: 1, .endOfHeader),
    Corruption("only padding after the brace", "{   ", at: 4, .endOfHeader),
    Corruption("something after it", "{} x", at: 3, .expected(.padding, found: 0x78)),
    Corruption("padded with zeros", "{}\0", at: 2, .expected(.padding, found: 0)),
    Corruption("comma at the end", #"{"__metadata__":{},}"#, at: 19, .expected(.string, found: 0x7D)),
    Corruption("no comma", #"{"__metadata__":{}"a":{}}"#, at: 18, .expected(.commaOrClosingBrace, found: 0x22)),
    Corruption("name without quotes", "{a:{}}", at: 1, .expected(.string, found: 0x61)),
    Corruption("no colon", #"{"a"{}}"#, at: 4, .expected(.colon, found: 0x7B)),
    Corruption("a tensor that is null", #"{"a":null}"#, at: 5, .expected(.openingBrace, found: 0x6E)),
    Corruption("metadata that is a string", #"{"__metadata__":"x"}"#, at: 16, .expected(.openingBrace, found: 0x22)),
    Corruption("a number in the metadata", #"{"__metadata__":{"a":1}}"#, at: 21, .expected(.string, found: 0x31)),
    Corruption("an object in the metadata", #"{"__metadata__":{"a":{}}}"#, at: 21, .expected(.string, found: 0x7B)),
    Corruption("a type that is a number", #"{"a":{"dtype":32}}"#, at: 14, .expected(.string, found: 0x33)),
    Corruption("a shape that is a number", #"{"a":{"shape":1}}"#, at: 14, .expected(.openingBracket, found: 0x31)),
    Corruption("a shape of strings", #"{"a":{"shape":["1"]}}"#, at: 15, .expected(.number, found: 0x22)),
    Corruption("a shape unclosed", #"{"a":{"shape":[1}}"#, at: 16, .expected(.commaOrClosingBracket, found: 0x7D)),
    Corruption("a shape that does not end", #"{"a":{"shape":[1,"#, at: 17, .endOfHeader),
    Corruption("one offset", #"{"a":{"data_offsets":[0]}}"#, at: 23, .expected(.comma, found: 0x5D)),
    Corruption("three offsets", #"{"a":{"data_offsets":[0,1,2]}}"#, at: 25, .expected(.closingBracket, found: 0x2C)),
    Corruption("deep lists", String(repeating: "[", count: 1_000_000), at: 0, .expected(.openingBrace, found: 0x5B)),
    Corruption(
      "a deep shape", #"{"a":{"shape":"# + String(repeating: "[", count: 1_000_000), at: 15,
      .expected(.number, found: 0x5B)),
    Corruption(
      "a deep type", String(repeating: #"{"dtype":"#, count: 200_000), at: 18,
      .expected(.string, found: 0x7B)),
  ]

  static let strings: [Corruption] = [
    Corruption("a string unclosed", #"{"a"#, at: 3, .endOfHeader),
    Corruption("a string that ends in a backslash", #"{"a\"#, at: 4, .endOfHeader),
    Corruption("an unknown escape", #"{"a\x"#, at: 3, .invalidEscape),
    Corruption("three digits", #"{"\u123":"#, at: 2, .invalidEscape),
    Corruption("digits that do not end", #"{"\u12"#, at: 6, .endOfHeader),
    Corruption("a first surrogate alone", #"{"\ud83d":"#, at: 2, .loneSurrogate(0xD83D)),
    Corruption("a second surrogate alone", #"{"\ude00":"#, at: 2, .loneSurrogate(0xDE00)),
    Corruption("a first surrogate twice", #"{"\ud83d\ud83d":"#, at: 2, .loneSurrogate(0xD83D)),
    Corruption("a surrogate and a letter", #"{"\ud83d\u0041":"#, at: 2, .loneSurrogate(0xD83D)),
    Corruption("a line break in a string", "{\"a\nb\":", at: 3, .controlCharacter(0x0A)),
    Corruption("a zero in a string", "{\"\0\":", at: 2, .controlCharacter(0)),
    Corruption(
      "not UTF-8", bytes: safeTensorsBytes([0x7B, 0x22, 0x61, 0xFF, 0x22, 0x3A]),
      .malformedHeader(offset: 10, fault: .invalidUTF8)),
    Corruption(
      "a surrogate in UTF-8", bytes: safeTensorsBytes([0x7B, 0x22, 0xED, 0xA0, 0x80, 0x22, 0x3A]),
      .malformedHeader(offset: 10, fault: .invalidUTF8)),
    Corruption(
      "a slash in two bytes", bytes: safeTensorsBytes([0x7B, 0x22, 0xC0, 0xAF, 0x22, 0x3A]),
      .malformedHeader(offset: 10, fault: .invalidUTF8)),
  ]
}

/// Reads the tokens of a header, byte by byte.
///
/// A general JSON reader would hide duplicate keys and would follow brackets to any depth. A header has a fixed form
/// with three levels. So this scanner reads exactly that form, without recursion.
struct HeaderScanner {
  typealias Fault = SafeTensorsError.HeaderFault
  typealias Token = SafeTensorsError.HeaderToken

  private let bytes: [UInt8]
  private let end: Int
  /// An index into the bytes of the whole file. So the offsets in errors are those in a hex dump.
  private(set) var position: Int

  /// - Precondition: `range` is within `bytes`.
  init(_ bytes: [UInt8], in range: Range<Int>) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= bytes.count,
      "header range \(range) in a file of \(bytes.count) bytes")
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  private func malformed(_ fault: Fault, at offset: Int) -> SafeTensorsError {
    .malformedHeader(offset: offset, fault: fault)
  }

  /// The byte at the position, without advancing.
  private func next() throws(SafeTensorsError) -> UInt8 {
    guard position < end else { throw malformed(.endOfHeader, at: position) }
    return bytes[position]
  }

  private mutating func skipWhitespace() {
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
      default: return
      }
    }
  }

  /// Skips white space and then `byte`. If another byte is next, it throws an error saying that `token` was expected.
  mutating func expect(_ byte: Unicode.Scalar, _ token: Token) throws(SafeTensorsError) {
    skipWhitespace()
    try expectHere(byte, token)
  }

  /// Skips `byte`. If another byte is next, it throws an error saying that `token` was expected.
  mutating func expectHere(_ byte: Unicode.Scalar, _ token: Token) throws(SafeTensorsError) {
    let found = try next()
    guard found == UInt8(ascii: byte) else { throw malformed(.expected(token, found: found), at: position) }
    position += 1
  }

  /// Skips white space, and then `byte` if it is next.
  /// - Returns: Whether it was next.
  mutating func skip(_ byte: Unicode.Scalar) -> Bool {
    skipWhitespace()
    guard position < end, bytes[position] == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  /// Skips the padding. Nothing else may follow.
  mutating func expectPadding() throws(SafeTensorsError) {
    skipWhitespace()
    guard position == end else { throw malformed(.expected(.padding, found: bytes[position]), at: position) }
  }

  // MARK: Strings

  /// A string with its escapes resolved.
  mutating func string() throws(SafeTensorsError) -> String {
    try expect("\"", .string)
    let start = position
    var decoded = [UInt8]()
    var plain = position
    while true {
      let byte = try next()
      switch byte {
      case UInt8(ascii: "\""):
        decoded += bytes[plain..<position]
        position += 1
        guard let text = String(validating: decoded, as: UTF8.self) else { throw malformed(.invalidUTF8, at: start) }
        return text
      case UInt8(ascii: "\\"):
        decoded += bytes[plain..<position]
        decoded += Character(try escape()).utf8
        plain = position
      case ..<0x20: throw malformed(.controlCharacter(byte), at: position)
      default: position += 1
      }
    }
  }

  /// The scalar that an escape sequence stands for.
  private mutating func escape() throws(SafeTensorsError) -> Unicode.Scalar {
    let start = position
    position += 1
    let kind = try next()
    position += 1
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape(from: start)
    default: throw malformed(.invalidEscape, at: start)
    }
  }

  /// The scalar of `\u` and four digits, or of two such escapes that form a surrogate pair. `start` is the offset of
  /// the backslash.
  private mutating func unicodeEscape(from start: Int) throws(SafeTensorsError) -> Unicode.Scalar {
    let unit = try codeUnit(from: start)
    if let scalar = Unicode.Scalar(unit) { return scalar }
    let lone = malformed(.loneSurrogate(unit), at: start)
    guard unit < 0xDC00, position + 1 < end, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { throw lone }
    position += 2
    let second = try codeUnit(from: position - 2)
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + UInt32(unit - 0xD800) << 10 + UInt32(second - 0xDC00))
    else { throw lone }
    return scalar
  }

  private mutating func codeUnit(from start: Int) throws(SafeTensorsError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(try next())).hexDigitValue else {
        throw malformed(.invalidEscape, at: start)
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }

  // MARK: Numbers

  /// A whole number that is not negative. `tensor` and `field` are used in the error.
  mutating func wholeNumber(of tensor: String, _ field: SafeTensors.Field) throws(SafeTensorsError) -> Int {
    skipWhitespace()
    let start = position
    scan: while position < end {
      switch bytes[position] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "e"), UInt8(ascii: "E"):
        position += 1
      default: break scan
      }
    }
    guard position > start else { throw malformed(.expected(.number, found: try next()), at: position) }
    let digits = bytes[start..<position]
    guard let number = Self.wholeNumber(digits) else {
      let found = String(decoding: digits.prefix(32), as: UTF8.self)
      throw .invalidNumber(tensor: tensor, field: field, found: found)
    }
    return number
  }

  private static func wholeNumber(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
    var number = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      let (shifted, overflow) = number.multipliedReportingOverflow(by: 10)
      let (sum, carry) = shifted.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
      guard !overflow, !carry else { return nil }
      number = sum
    }
    return number
  }
}

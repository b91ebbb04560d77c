import Testing

@testable import CharLSTM

@Suite struct HeaderScannerTests {
  /// Stands before the header and after it: the length, and the data, which are none of the scanner's business.
  private static let before = Array(#"8 bytes""#.utf8)
  private static let after = Array(#"""1,}"#.utf8)

  private func scanner(_ header: String) -> HeaderScanner {
    let bytes = Self.before + Array(header.utf8) + Self.after
    return HeaderScanner(bytes, in: Self.before.count..<bytes.count - Self.after.count)
  }

  /// An error at an offset counted from the header's first byte.
  private func malformed(_ offset: Int, _ fault: SafeTensorsError.HeaderFault) -> SafeTensorsError {
    .malformedHeader(offset: Self.before.count + offset, fault: fault)
  }

  private func failure(
    _ header: String, _ body: (inout HeaderScanner) throws(SafeTensorsError) -> Void
  ) -> SafeTensorsError? {
    var scanner = scanner(header)
    do throws(SafeTensorsError) { try body(&scanner) } catch { return error }
    return nil
  }

  @Test func tokensInTheirOrder() throws {
    var scanner = scanner(" \t\r\n{ \"a\" :12,\"b\"}  ")
    #expect(scanner.position == 8)
    try scanner.expect("{", .openingBrace)
    #expect(scanner.position == 13)
    let first = try scanner.string()
    #expect(first == "a")
    try scanner.expect(":", .colon)
    let number = try scanner.wholeNumber(of: "t", .shape)
    #expect(number == 12)
    let skipped = [scanner.skip("}"), scanner.skip(","), scanner.skip(",")]
    #expect(skipped == [false, true, false])
    let second = try scanner.string()
    #expect(second == "b")
    try scanner.expectHere("}", .commaOrClosingBrace)
    #expect(scanner.position == 26)
    try scanner.expectPadding()
    #expect(scanner.position == 28)
  }

  @Test func whiteSpaceIsPassedOnlyWhereItMayStand() {
    #expect(failure(" {") { (s) throws(SafeTensorsError) in try s.expect("{", .openingBrace) } == nil)
    #expect(
      failure(" {") { (s) throws(SafeTensorsError) in try s.expectHere("{", .openingBrace) }
        == malformed(0, .expected(.openingBrace, found: 0x20)))
    // a no-break space is none
    #expect(
      failure("\u{A0}{") { (s) throws(SafeTensorsError) in try s.expect("{", .openingBrace) }
        == malformed(0, .expected(.openingBrace, found: 0xC2)))
  }

  @Test func whatFollowsTheHeaderIsNotRead() throws {
    for (header, offset) in [("", 0), ("  ", 2), ("\"", 1), ("\"ab", 3), ("\"\\", 2), ("\"\\u00", 5)] {
      #expect(
        failure(header) { (s) throws(SafeTensorsError) in _ = try s.string() } == malformed(offset, .endOfHeader),
        "\(header)")
    }
    #expect(
      failure("") { (s) throws(SafeTensorsError) in try s.expectHere("\"", .string) } == malformed(0, .endOfHeader))
    var scanner = scanner("7")
    let number = try scanner.wholeNumber(of: "t", .shape)
    #expect(number == 7)
    let skipped = scanner.skip("\"")
    #expect(!skipped)
    try scanner.expectPadding()
  }

  @Test func paddingIsWhiteSpaceAlone() {
    #expect(failure(" \n ") { (s) throws(SafeTensorsError) in try s.expectPadding() } == nil)
    #expect(
      failure("  \0") { (s) throws(SafeTensorsError) in try s.expectPadding() }
        == malformed(2, .expected(.padding, found: 0)))
  }

  @Test(arguments: [
    (#""""#, ""), (#""a.b""#, "a.b"), (#""\"\\\/""#, #""\/"#), (#""\b\f\n\r\t""#, "\u{08}\u{0C}\n\r\t"),
    (#""\u0041\u00e9\u00E9\u20ac""#, "Aéé€"), (#""\ud83d\ude00!""#, "😀!"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
    (#""é😀""#, "é😀"), (#""\u0000""#, "\0"), (#""a\\u0041""#, #"a\u0041"#),
  ])
  func stringsWithTheirEscapesResolved(header: String, text: String) throws {
    var scanner = scanner(header)
    let found = try scanner.string()
    #expect(found == text)
    #expect(scanner.position == 8 + header.utf8.count)
  }

  @Test func aPairOfSurrogatesThatIsNone() {
    for (header, unit) in [
      (#""x\ud83d""#, UInt16(0xD83D)), (#""x\ud83d\n""#, 0xD83D), (#""x\ud83d\u0041""#, 0xD83D),
      (#""x\ud83d\ud83d""#, 0xD83D), (#""x\udc00\ud800""#, 0xDC00), (#""x\ud83d\"#, 0xD83D),
    ] {
      #expect(
        failure(header) { (s) throws(SafeTensorsError) in _ = try s.string() } == malformed(2, .loneSurrogate(unit)),
        "\(header)")
    }
    // the fault of the second half is where the second half is
    #expect(
      failure(#""\ud83d\u00g0""#) { (s) throws(SafeTensorsError) in _ = try s.string() } == malformed(7, .invalidEscape)
    )
  }

  @Test(arguments: [("0", 0), ("9", 9), (" 10", 10), ("9223372036854775807", Int.max)])
  func wholeNumbers(header: String, number: Int) throws {
    var scanner = scanner(header)
    let found = try scanner.wholeNumber(of: "t", .shape)
    #expect(found == number)
    #expect(scanner.position == 8 + header.utf8.count)
  }

  @Test func numbersThatAreNotWhole() {
    for found in ["-0", "00", "1.", "1e0", "1E0", "9223372036854775808", "92233720368547758070", "-", "."] {
      #expect(
        failure(found + "]") { (s) throws(SafeTensorsError) in _ = try s.wholeNumber(of: "t", .dataOffsets) }
          == .invalidNumber(tensor: "t", field: .dataOffsets, found: found))
    }
    #expect(
      failure(" x") { (s) throws(SafeTensorsError) in _ = try s.wholeNumber(of: "t", .shape) }
        == malformed(1, .expected(.number, found: 0x78)))
    #expect(
      failure("") { (s) throws(SafeTensorsError) in _ = try s.wholeNumber(of: "t", .shape) }
        == malformed(0, .endOfHeader))
  }
}

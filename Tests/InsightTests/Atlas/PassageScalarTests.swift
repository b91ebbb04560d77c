import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct PassageScalarTests {
  @Test func bytesAreCutInSequences() {
    #expect(Array("aé“𝄞".utf8).sequences == [0..<1, 1..<3, 3..<6, 6..<10])
    // a sequence that is cut off, an overlong one, a lone continuation byte, a surrogate
    #expect([0xE2, 0x80].sequences == [0..<1, 1..<2])
    #expect([0xC0, 0x80, 0x61].sequences == [0..<1, 1..<2, 2..<3])
    #expect([0xED, 0xA0, 0x80].sequences == [0..<1, 1..<2, 2..<3])
    #expect([UInt8]().sequences.isEmpty)
  }

  @Test func bytesStandForTheirScalar() {
    let scalars = PassageScalar.ofBytes([0x61, 0xC3, 0xA9, 0xFF])
    #expect(scalars.map(\.value) == ["a", "é", "é", "\u{FFFD}"])
    #expect(scalars.map(\.isContinuation) == [false, false, true, false])
  }

  @Test func clustersStandForTheirFirstScalar() throws {
    let bytes = Array("e\u{301}x\r\n".utf8)
    let vocabulary = try Vocabulary(unit: .character, characters: ["e\u{301}", "\r\n"], hasUnknown: true)
    let tokens = try vocabulary.tokenize(bytes)
    let scalars = PassageScalar.all(of: tokens, in: 0..<3, vocabulary: vocabulary)
    #expect(scalars.map(\.value) == ["e", "\u{FFFD}", "\n"])
    #expect(PassageScalar.all(of: tokens, in: 2..<3, vocabulary: vocabulary) == [scalars[2]])
  }

  @Test func whatScalarsAre() {
    func scalar(_ value: Unicode.Scalar) -> PassageScalar { PassageScalar(value: value) }
    #expect(scalar("\n").isLineEnd && scalar("\n").isSpace && !scalar("\r").isLineEnd)
    #expect(scalar("Ω").isCapital && !scalar("ω").isCapital && scalar("ω").isLetter)
    #expect(scalar("\u{301}").isOfWord && !scalar("\u{301}").isLetter)
    #expect(scalar("_").isOfWord && scalar("7").isOfWord && !scalar("-").isOfWord)
    #expect(scalar("٣").isDigit && !scalar("Ⅳ").isDigit)
  }
}

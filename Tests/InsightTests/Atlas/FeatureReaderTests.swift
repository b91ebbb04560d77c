import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct FeatureReaderTests {
  /// The values of a feature, one digit a character; `+` is a value above 9.
  private func digits(_ feature: TextFeature, _ text: String, unit: TextUnit = .character) throws -> String {
    try values(feature, Array(text.utf8), unit: unit).map { $0 > 9 ? "+" : "\($0)" }.joined()
  }

  private func values(_ feature: TextFeature, _ bytes: [UInt8], unit: TextUnit) throws -> [Int] {
    let vocabulary = try Vocabulary(unit: unit, countingIn: bytes)
    let tokens = try vocabulary.tokenize(bytes)
    let passage = try TextPassage(tokens: tokens, vocabulary: vocabulary, length: tokens.count)
    let index = try #require(TextFeature.allCases.firstIndex(of: feature))
    return FeatureValues.all(in: passage)[index].values
  }

  @Test func linesAndParagraphs() throws {
    let text = "ab\ncde\n\n \nf\n"
    #expect(try digits(.linePosition, text) == "012012300101")
    #expect(try digits(.paragraphLine, text) == "000111100000")
    #expect(try digits(.lineEndNear, "0123456\nab") == "0011111000")
    #expect(try digits(.lineEndNear, "a\n\n") == "110")
    #expect(try digits(.space, text) == "001000111101")
  }

  @Test func sentencesAndWords() throws {
    #expect(try digits(.sentencePosition, "a b. c!\n\nd? e") == "1230120101012")
    #expect(try digits(.wordPosition, "it's x_1 'o' 2b") == "123401230010012")
    #expect(try digits(.wordPosition, "don\u{2019}t stop'") == "12345012340")
    #expect(try digits(.capital, "aB Éé") == "01010")
    #expect(try digits(.punctuation, "a.,;:!?-'") == "011111100")
    #expect(try digits(.digit, "a1٣½") == "0110")
  }

  @Test func speakers() throws {
    #expect(try digits(.speaker, "Me:\nHi: a\nYou:\n") == "111000000000000")
    #expect(try digits(.speaker, "a\n\nB C: \nd") == "0001111000")
    #expect(try digits(.speaker, "\nme:\n") == "00000")
    let name = String(repeating: "A", count: 40)
    #expect(try digits(.speaker, "\(name):\n") == String(repeating: "1", count: 41) + "0")
    #expect(try digits(.speaker, "A\(name):\n") == String(repeating: "0", count: 43))
  }

  @Test func quotationMarks() throws {
    #expect(try digits(.quotes, "a \"bc\" d") == "00111000")
    #expect(try digits(.quotes, "“a” „b“ «c»") == "11001100110")
    #expect(try digits(.quotes, #""a\"b" c"#) == "11111000")
    // a stray quotation mark has no effect after the paragraph
    #expect(try digits(.quotes, "\"a\nb\n\nc\n") == "11111000")
    #expect(try digits(.quotes, "// \"\na") == "000000")
  }

  @Test func bracketsAndIndentation() throws {
    #expect(try digits(.brackets, "f(a[i])) (") == "0112210001")
    #expect(try digits(.brackets, "(a\n\nb)") == "111000")
    #expect(try digits(.brackets, "# (\nb") == "00000")
    #expect(try digits(.indentation, "  a b\n\tc\n \td\nd") == "12222244415550")
  }

  @Test func comments() throws {
    #expect(try digits(.comment, "a // b\nc") == "00111100")
    #expect(try digits(.comment, "http://a") == "00000000")
    #expect(try digits(.comment, "#!x\n# y\n#z\n##") == "1110111000011")
    #expect(try digits(.comment, "a/*b*/c") == "0111110")
    #expect(try digits(.comment, "/*/ */c") == "1111110")
    #expect(try digits(.comment, "/*a\nb*/\nc") == "111111100")
    #expect(try digits(.comment, "/*a\n\nb*/") == "11110000")
    #expect(try digits(.comment, "\"// a\" // b") == "00000001111")
  }

  @Test func bytesOfACharacterAreTakenTogether() throws {
    // É and “ take two and three bytes
    #expect(try digits(.capital, "aÉb", unit: .byte) == "0110")
    #expect(try digits(.quotes, "“a”b", unit: .byte) == "11110000")
    #expect(try digits(.wordPosition, "né e", unit: .byte) == "12301")
    #expect(try digits(.wordPosition, "a\u{2019}b", unit: .byte) == "12345")
    #expect(try values(.space, [0xFF, 0x20, 0xE2, 0x80], unit: .byte) == [0, 1, 0, 0])
  }

  @Test func marksAndLineEndsOfAllKinds() throws {
    let decomposed = "ne\u{301}e"
    #expect(try digits(.wordPosition, decomposed, unit: .scalar) == "1234")
    #expect(try digits(.wordPosition, decomposed) == "123")
    #expect(try digits(.linePosition, "ab\r\nc") == "0120")
    #expect(try digits(.linePosition, "ab\r\nc", unit: .scalar) == "01230")
    #expect(try digits(.paragraphLine, "a\r\nb\r\n\r\nc", unit: .scalar) == "000111000")
  }
}

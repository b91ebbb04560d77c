import Testing

@testable import CharLSTM

@Suite struct TokenSequenceTests {
  @Test(arguments: [(256, 1), (257, 2), (65536, 2), (65537, 4)]) func idsTakeAsManyBytesAsTheyNeed(
    size: Int, bytes: Int
  ) {
    let ids: [Int32] = [0, Int32(size - 1), 1, 255]
    let tokens = TokenSequence(ids, vocabularySize: size)
    #expect(tokens.bytesPerToken == bytes)
    #expect((0..<4).map { tokens[$0] } == ids)
  }

  @Test func slicesOfSlices() {
    let tokens = TokenSequence((0..<100).map { Int32($0) }, vocabularySize: 100)
    let part = tokens[20..<60][10..<15]
    #expect(part.count == 5)
    #expect((0..<5).map { part[$0] } == [30, 31, 32, 33, 34])
    #expect(part == TokenSequence([30, 31, 32, 33, 34], vocabularySize: 1000))
    #expect(part != tokens[31..<36])
  }

  @Test(arguments: [100, 1000, 100_000]) func copiesWithAStride(size: Int) {
    let tokens = TokenSequence((0..<50).map { Int32($0) }, vocabularySize: size)[10..<50]
    var destination = [Int32](repeating: -1, count: 9)
    tokens.copy(2..<5, into: &destination, first: 1, stride: 3)
    #expect(destination == [-1, 12, -1, -1, 13, -1, -1, 14, -1])
  }

  @Test func vocabularyPicksTheStorage() throws {
    let many = (0..<300).compactMap { Unicode.Scalar(0x4E00 + UInt32($0)) }.map { String($0) }.joined()
    let vocabulary = try Vocabulary(unit: .character, countingIn: Array(many.utf8))
    let tokens = try vocabulary.tokenize(Array(many.utf8))
    #expect(tokens.bytesPerToken == 2)
    #expect(tokens[299] == 299)
  }

  /// The unknown symbol counts: 256 characters and it are one too many for a byte.
  @Test(arguments: [(256, 1), (257, 2), (65536, 2), (65537, 4)]) func vocabulariesOnBothSidesOfABoundary(
    size: Int, bytes: Int
  ) throws {
    var text = ""
    for value in UInt32(0x1_0000)..<UInt32(0x1_0000 + size - 1) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      text.unicodeScalars.append(scalar)
      text.unicodeScalars.append(scalar)
    }
    text += "z"
    let full = try Vocabulary(unit: .scalar, countingIn: Array(text.utf8))
    let cut = try Vocabulary(unit: .scalar, countingIn: Array(text.utf8), minimumCount: 2)
    #expect(full.count == size)
    #expect(cut.count == size && cut.unknownID == Int32(size - 1))
    for vocabulary in [full, cut] {
      let tokens = try vocabulary.tokenize(Array(text.utf8))
      #expect(tokens.bytesPerToken == bytes)
      #expect(tokens[0] == 0 && tokens[1] == 0)
      #expect(tokens[tokens.count - 2] == Int32(size - 2))
      #expect(tokens[tokens.count - 1] == Int32(size - 1))
    }
  }
}

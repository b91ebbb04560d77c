import Testing

@testable import CharLSTM

@Suite struct SegmentationCutTests {
  private func cut(_ text: String, after searched: Int = 0, _ unit: TextUnit = .character) -> Int? {
    Segmentation.lastCut(in: Array(text.utf8), after: searched, unit: unit)
  }

  @Test func bytesAreCutAnywhere() {
    #expect(cut("é", .byte) == 2)
    #expect(cut("", .byte) == nil)
  }

  @Test func clustersAreCutAfterALineFeedOrInASCII() {
    #expect(cut("ab\n") == 3)
    #expect(cut("abc") == 2)
    #expect(cut("ab\u{301}") == 1)
    #expect(cut("\n\u{301}") == 1)
    // whatever follows may belong to the last one
    #expect(cut("a") == nil)
    #expect(cut("a\u{301}\u{301}") == nil)
    #expect(cut("🇫🇷🇩🇪") == nil)
    #expect(cut("") == nil)
  }

  @Test func ideographsAreCutWithoutALineFeed() {
    #expect(cut("漢字かな") == 9)
    #expect(cut("각字é") == 3)
    #expect(cut("漢か\u{3099}") == 3)
    #expect(cut("か\u{3099}") == nil)
    #expect(cut("漢é") == nil)
    // the second one is cut off: there is no telling what it is
    #expect(Segmentation.lastCut(in: [0xE6, 0xBC, 0xA2, 0xE3, 0x82], after: 0, unit: .character) == nil)
  }

  @Test func carriageReturnsStayWithTheirLineFeeds() {
    #expect(cut("a\r\n") == 3)
    #expect(cut("\r") == nil)
    #expect(cut("a\r") == 1)
    #expect(cut("\r\r") == 1)
    #expect(cut("\r\nx") == 2)
    #expect(Segmentation.lastCut(in: [0x0D, 0x0A, 0xCC], after: 0, unit: .character) == 2)
  }

  @Test func whatWasSearchedIsNotSearchedAgain() {
    #expect(cut("abé", after: 2) == nil)
    #expect(cut("aéb", after: 3) == nil)
    #expect(cut("aébc", after: 3) == 4)
    // the pair across the two parts is new
    #expect(cut("éab", after: 3) == 3)
  }

  @Test func scalarsAreCutBeforeTheFirstByteOfAnother() {
    #expect(cut("ab", .scalar) == 1)
    #expect(cut("aé", .scalar) == 1)
    #expect(cut("a漢", .scalar) == 1)
    #expect(cut("a😀", .scalar) == 1)
    #expect(cut("😀", .scalar) == nil)
    #expect(Segmentation.lastCut(in: [0x61, 0xF0, 0x9F, 0x98], after: 0, unit: .scalar) == 1)
    // no text: the first byte that is wrong is on the left of the cut
    #expect(Segmentation.lastCut(in: [0x61, 0x80, 0x80, 0x80, 0x80], after: 0, unit: .scalar) == 5)
  }

  private func cut(_ text: String, _ unit: TextUnit) -> Int? { cut(text, after: 0, unit) }

  /// Wherever a text goes on, a cut is between two of its characters.
  @Test(arguments: [TextUnit.character, .scalar]) func cutsAreBoundaries(unit: TextUnit) {
    for text in VocabularyTests.nasty {
      let bytes = Array(text.utf8)
      var boundaries: Set<Int> = [bytes.count]
      Segmentation.forEachPiece(in: bytes, unit: unit) { piece in
        boundaries.insert(piece.range.lowerBound)
        return true
      }
      for count in 1...bytes.count {
        if let cut = Segmentation.lastCut(in: Array(bytes[..<count]), after: 0, unit: unit) {
          #expect(boundaries.contains(cut), "\(text.debugDescription), \(count) bytes")
        }
      }
    }
  }
}

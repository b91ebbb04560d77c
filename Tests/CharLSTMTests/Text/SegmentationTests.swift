import Tensors
import Testing

@testable import CharLSTM

@Suite struct SegmentationTests {
  private func pieces(_ text: String) -> [[UInt8]] {
    let bytes = Array(text.utf8)
    var pieces: [[UInt8]] = []
    Segmentation.forEachPiece(in: bytes, unit: .character) { piece in
      pieces.append(Array(bytes[piece.range]))
      return true
    }
    return pieces
  }

  private func expectSwifts(_ text: String) {
    #expect(
      pieces(text) == text.map { Array(String($0).utf8) }, "\(text.unicodeScalars.map { String($0.value, radix: 16) })")
  }

  @Test(arguments: VocabularyTests.nasty) func equalsSwiftsSegmentation(text: String) { expectSwifts(text) }

  /// Scalars of every kind that takes part in a rule of UAX 29, next to plain ones.
  @Test func equalsSwiftsSegmentationOnRandomTexts() {
    let kinds: [[UInt32]] = [
      [0x61, 0x7A, 0x20, 0x0A, 0x0D, 0x09, 0x00], [0xE9, 0xDF, 0x3B1, 0x44F, 0x5D0, 0x628, 0x6CC],
      [0x4E00, 0x3042, 0x30AB, 0x3002, 0xFF01, 0x2_0000], [0xAC00, 0xAC01, 0xD7A3, 0x1100, 0x1161, 0x11A8],
      [0x301, 0x308, 0x20DD, 0x3099, 0xFE0F, 0x200D, 0xFF9E, 0x64B, 0x5B0],
      [0x915, 0x94D, 0x937, 0x93F, 0x903, 0xE33, 0xE01],
      [0x1F468, 0x1F469, 0x1F3FD, 0x2764, 0xA9, 0xAE, 0x203C, 0x1F1EB, 0x1F1F7], [0x600, 0x70F, 0x110BD, 0xAD, 0x200B],
    ]
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<4000 {
      var text = ""
      for _ in 0..<Int.random(in: 1...14, using: &generator) {
        let kind = kinds[Int.random(in: 0..<kinds.count, using: &generator)]
        if let scalar = Unicode.Scalar(kind[Int.random(in: 0..<kind.count, using: &generator)]) {
          text.unicodeScalars.append(scalar)
        }
      }
      expectSwifts(text)
    }
  }

  /// Between any two scalars that the fast path takes for plain there is a boundary.
  @Test func pairsOfTheBasicPlaneEqualSwifts() {
    var generator = SeededGenerator(seed: 12)
    for value in UInt32(0)...0xFFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let letters: [UInt32] = [0x61, 0xE9, 0x4E00, 0xAC00, 0x628, 0x3042, 0x915, 0xE01]
      let other = Unicode.Scalar(letters[Int.random(in: 0..<letters.count, using: &generator)]) ?? "a"
      for text in [
        String(String.UnicodeScalarView([scalar, other])), String(String.UnicodeScalarView([other, scalar])),
      ] {
        if pieces(text) != text.map({ Array(String($0).utf8) }) {
          Issue.record("U+\(String(value, radix: 16)), \(other)")
        }
      }
    }
  }

  /// Every mark, between scalars of every kind.
  @Test func marksStayWithWhatStandsBeforeThem() {
    let marks = Segmentation.kinds.indices.filter { Segmentation.kinds[$0] == .mark }.map { UInt32($0) }
    #expect(marks.count == 239)
    let others: [UInt32] = [
      0x61, 0x0A, 0x0D, 0x09, 0x7F, 0xE9, 0x5D0, 0x628, 0x905, 0x915, 0x937, 0x958, 0x964, 0x94D, 0x301, 0x93F, 0xE01,
      0xE32, 0xE33, 0x3042, 0x4E00, 0xAC00, 0x1161, 0x11A8, 0x200D, 0xA9, 0x1F468, 0x1F1EB, 0x600, 0x2_0000,
    ]
    var generator = SeededGenerator(seed: 14)
    func scalar(_ values: [UInt32]) -> UInt32 { values[Int.random(in: 0..<values.count, using: &generator)] }
    for mark in marks {
      for other in others {
        for values in [
          [other, mark], [mark, other], [other, mark, scalar(others)], [0x915, mark, other],
          [0x915, 0x94D, mark, other],
          [scalar(others), other, mark, scalar(marks), scalar(others), scalar(marks), other],
        ] {
          let text = String(String.UnicodeScalarView(values.compactMap { Unicode.Scalar($0) }))
          if pieces(text) != text.map({ Array(String($0).utf8) }) {
            Issue.record("\(values.map { String($0, radix: 16) })")
          }
        }
      }
    }
  }

  @Test func aBodyMayStop() {
    for text in ["abc", "éàü", "e\u{301}e\u{301}e\u{301}"] {
      var count = 0
      Segmentation.forEachPiece(in: Array(text.utf8), unit: .character) { _ in
        count += 1
        return count < 2
      }
      #expect(count == 2)
    }
  }

  /// Blocks of ASCII are taken at once: what stands around their ends must not be lost or joined.
  @Test(arguments: [15, 16, 17, 31, 32, 33, 4095, 4096, 4097, 4112])
  func blocksOfASCIIEndWhereTheyMust(length: Int) {
    let run = String((0..<length).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
    for other in ["", "\u{301}", "\u{E9}", "\r\n", "\r", "\u{200D}\u{1F469}", "\u{1F1EB}\u{1F1F7}", "\u{4E00}"] {
      for text in [run + other, other + run, run + other + run, other + run + other] {
        let expected = text.map { Array(String($0).utf8) }
        #expect(pieces(text) == expected, "\(length) letters, \(other.unicodeScalars.map(\.value))")
      }
    }
  }

  @Test func longMixedTextsEqualSwifts() {
    let parts = [
      "plain English words that go on for more than a block of sixteen bytes ", "\r\n", "e\u{301}", "\u{301}",
      "Москва ", "देवनागरी क्ष ", "👩🏽‍🚀", "🇫🇷🇩🇪", "각", "漢字かな", "مَرْحَبًا ", "\u{600}", "a", "\n",
    ]
    var generator = SeededGenerator(seed: 13)
    for _ in 0..<300 {
      expectSwifts((0..<40).map { _ in parts[Int.random(in: 0..<parts.count, using: &generator)] }.joined())
    }
  }

  @Test func runsAndPiecesCoverEveryByteOnceInOrder() {
    let text = "sixteen letters and then some more of them\r\ne\u{301}é漢👩🏽‍🚀end of it all, in ASCII again"
    let bytes = Array(text.utf8)
    for unit in TextUnit.allCases {
      var next = 0
      Segmentation.forEachRun(
        in: bytes, unit: unit,
        run: { range in
          #expect(range.lowerBound == next && !range.isEmpty)
          #expect(unit == .byte || bytes[range].allSatisfy { $0 < 0x80 })
          next = range.upperBound
          return true
        },
        piece: { piece in
          #expect(piece.range.lowerBound == next && !piece.range.isEmpty)
          next = piece.range.upperBound
          return true
        })
      #expect(next == bytes.count)
    }
  }
}

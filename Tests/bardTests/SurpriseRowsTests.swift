import CharLSTM
import Foundation
import REPL
import Testing

@testable import bard

@Suite struct SurpriseRowsTests {
  private let totals = SurpriseTotals(description: "t.txt", evaluation: nil)

  /// The rows for characters with these bits, without the explanation and the totals.
  private func rows(_ text: [(String, Double?)], width: Int = 80) -> [String] {
    var form = SurpriseRows(width: width)
    var written = ""
    for (character, bits) in text {
      written += form.add(0, bytes: Array(character.utf8), nats: bits.map { $0 * log(2) }, likeliest: [])
    }
    written += form.end(totals)
    let end = totals.lines.map { $0 + "\n" }.joined()
    #expect(written.hasSuffix(end))
    return written.dropLast(end.count).split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
      String.init)
  }

  private func letters(_ text: String, _ bits: Double? = 1) -> [(String, Double?)] { text.map { (String($0), bits) } }

  @Test func bitsAreRoundedToAColumn() {
    let bits: [Double?] = [nil, 0, 0.49, 0.51, 1.4, 1.6, 8.4, 9.4, 9.6, 1000, .infinity]
    #expect(bits.map { SurpriseRows.figure(nats: $0.map { $0 * log(2) }) }.joined() == "-..1" + "1289+++")
  }

  @Test func theyStandBelowTheirCharacters() {
    #expect(
      rows([("a", nil), (" ", 0), ("b", 3), ("\n", 0), ("c", 12), ("\n", 2)]) == ["a b", "-.3", "", "c↵", "+2", ""])
  }

  @Test func anEmptyLineIsOneAndSurprisingOnesAreSeen() {
    #expect(
      rows([("a", 1), ("\n", 0), ("\n", 0), ("\r\n", 5), ("b", 0)]) == ["a", "1", "", "", "␍↵", "5", "", "b", ".", ""])
  }

  @Test func whatTakesMoreColumnsHasSpacesBelow() {
    let text: [(String, Double?)] = [
      ("漢", 1), ("\t", 2), ("\u{200B}", 3), ("\u{301}", 4), ("\u{1B}", 5), ("e\u{301}", 6),
    ]
    #expect(rows(text) == ["漢→[U+200B]◌\u{301}␛e\u{301}", "1 23       456", ""])
  }

  @Test func bytesOfACharacterAddUp() {
    var form = SurpriseRows(width: 80)
    var written = ""
    for (byte, bits) in zip(Array("é".utf8), [2.0, 3.0]) {
      written += form.add(0, bytes: [byte], nats: bits * log(2), likeliest: [])
    }
    written += form.end(totals)
    #expect(written.hasPrefix("é\n5\n\n"))
  }

  @Test(arguments: [20, 33, 80]) func rowsEndAtAWordWithinTheWidth(width: Int) {
    let text = String(repeating: "some words go on, ", count: 20)
    let found = rows(letters(text), width: width)
    let texts = stride(from: 0, to: found.count, by: 3).map { found[$0] }
    #expect(texts.joined(separator: " ") + " " == text)
    #expect(found.allSatisfy { $0.count <= width })
    #expect(texts.count >= text.count / width)
    let figures = stride(from: 1, to: found.count, by: 3).map { found[$0] }
    #expect(figures.joined() == String(repeating: "1", count: text.count))
  }

  @Test func aWordLongerThanARowIsCut() {
    let found = rows(letters(String(repeating: "x", count: 50)) + [(" ", 1), ("\u{200B}", 1)], width: 20)
    #expect(found.allSatisfy { $0.columns <= 20 })
    #expect(
      stride(from: 0, to: found.count, by: 3).map { found[$0] }.joined() == String(repeating: "x", count: 50)
        + "[U+200B]")
  }

  @Test func theBeginningSaysHowToReadIt() {
    let lines = SurpriseRows(width: 80).beginning.split(separator: "\n")
    #expect(lines.allSatisfy { $0.columns <= 80 })
    #expect(lines[0].hasPrefix("Bits are below each character"))
  }
}

extension Substring {
  fileprivate var columns: Int { String(self).columns }
}

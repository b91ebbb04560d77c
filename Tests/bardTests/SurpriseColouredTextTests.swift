import CharLSTM
import Foundation
import REPL
import Testing

@testable import bard

@Suite struct SurpriseColouredTextTests {
  private let totals = SurpriseTotals(description: "t.txt", evaluation: nil)

  private func text(_ characters: [(String, Double?)]) -> String {
    var form = SurpriseColouredText()
    var written = form.beginning
    for (character, bits) in characters {
      written += form.add(0, bytes: Array(character.utf8), nats: bits.map { $0 * log(2) }, likeliest: [])
    }
    written += form.end(totals)
    let end = "\n" + SurprisalColours.legend + "\n" + totals.lines.map { $0 + "\n" }.joined()
    #expect(written.hasSuffix(end))
    return String(written.dropLast(end.count))
  }

  private func on(_ text: String, _ step: Int) -> String { SurprisalColours.coloured(text, step: step) }

  @Test func charactersStandOnTheirSteps() {
    #expect(
      text([("a", nil), ("b", 0.5), (" ", 1.5), ("c", 20), ("\n", 0.5)]) == "ab" + on(" ", 1) + on("c", 5) + "\n")
  }

  @Test func aSurprisingLineEndIsSeen() {
    #expect(text([("a", 0), ("\n", 3), ("\r\n", 7)]) == "a" + on("↵", 2) + "\n" + on("␍↵", 4) + "\n")
  }

  @Test func aTabGoesToTheNextStop() {
    #expect(text([("a", 0), ("\t", 0), ("b", 0)]) == "a       b\n")
    #expect(text([("漢", 0), ("\t", 5), ("b", 0)]) == "漢" + on("→     ", 3) + "b\n")
    #expect(text([("\n", 0), ("\t", 0), ("\n", 0)]) == "\n        \n")
  }

  @Test func marksAndWhatIsHidden() {
    // an expected mark stays on its letter, a surprising mark is shown separately
    let marks = text([("e", 0), ("\u{301}", 0), ("\u{301}", 3)])
    #expect(marks.unicodeScalars.elementsEqual(("e\u{301}" + on("◌\u{301}", 2) + "\n").unicodeScalars))
    #expect(text([("\u{1B}", 0), ("\u{202E}", 4.5)]) == "␛" + on("[U+202E]", 3) + "\n")
  }

  @Test func figuresAreInTheirRows() {
    var totals = SurpriseTotals(description: "t.txt, characters 1 to 9", evaluation: nil)
    #expect(totals.lines.count == 6)
    #expect(totals.lines[1] == "characters predicted  0")
    #expect(totals.lines[5] == "perplexity            -")
    #expect(totals.jsonFields.hasSuffix("\"perplexity\":null"))
    var reader = SurprisalReader(model: Self.uniform)
    for _ in 0..<9 { _ = reader.read(1) }
    totals = SurpriseTotals(description: "", evaluation: reader.evaluation)
    #expect(
      totals.rows.map(\.value) == ["8", "16.000", "2.000000", "1.386294", "4.00"])
  }

  /// A network of zeros, which gives each of four characters the same probability.
  private static let uniform: CharacterModel = {
    let configuration = ModelConfiguration(vocabularySize: 4, embeddingSize: 0, hiddenSize: 8, layers: 1)
    do {
      return CharacterModel(
        parameters: Parameters(zeros: ParameterLayout(configuration)), vocabulary: try Vocabulary(bytes: [1, 2, 3, 4]))
    } catch { preconditionFailure("four bytes are a vocabulary") }
  }()
}

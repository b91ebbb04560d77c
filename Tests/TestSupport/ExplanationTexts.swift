import CharLSTM
import Insight

package func testCorpus(_ text: String, unit: TextUnit = .character) throws -> Corpus {
  try Corpus(CorpusText(bytes: Array(text.utf8)), unit: unit)
}

/// Of three lanes of four steps: abcdefgh, ijklmnop, qrstuvwx, and y to be predicted.
package func alphabetExplanation() throws -> Explanation {
  try Explanation(of: testCorpus("abcdefghijklmnopqrstuvwxyz"), name: "alphabet.txt", lanes: 3, timeSteps: 4)
}

extension Explanation {
  package func letters(_ places: [Place]) -> String {
    String(decoding: vocabulary.decode(places.map(\.id)), as: UTF8.self)
  }

  /// The paragraphs and items of all sections, without what sets words off.
  package var words: [String] {
    sections.flatMap(\.blocks).compactMap { block in
      switch block {
      case .paragraph(let phrase), .heading(let phrase), .item(_, let phrase): phrase.plain
      case .formula(let text): text
      default: nil
      }
    }
  }
}

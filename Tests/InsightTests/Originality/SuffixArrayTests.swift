import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct SuffixArrayTests {
  private func starts(_ passage: Range<Int>, in text: [UInt8]) -> Set<Int32> {
    Set(
      text.indices.filter { text[$0...].starts(with: text[passage]) }.map { Int32($0) })
  }

  @Test(arguments: [2, 5]) func aPassageIsFoundWhereverItStands(alphabetSize: Int) {
    let text = testIDs(400, vocabularySize: alphabetSize).map { UInt8($0) }
    let order = SuffixArray(text, alphabetSize: alphabetSize)
    for start in stride(from: 0, to: 400, by: 7) {
      for length in [0, 1, 2, 5, 9, 400 - start] where start + length <= 400 {
        let passage = start..<start + length
        let found = order.positions[order.ranks(of: passage)]
        #expect(Set(found) == starts(passage, in: text))
        #expect(found.count == starts(passage, in: text).count)
      }
    }
  }

  @Test func inARepeatedSymbolToo() {
    let text = [UInt8](repeating: 1, count: 50)
    let order = SuffixArray(text, alphabetSize: 2)
    #expect(order.positions == (0..<50).reversed().map { Int32($0) })
    #expect(order.ranks(of: 3..<13) == 9..<50)
    #expect(order.ranks(of: 0..<50) == 49..<50)
  }
}

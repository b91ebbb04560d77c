import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct InducedSortingTests {
  /// The definition: suffixes compared symbol by symbol; a suffix that is a prefix of another comes first.
  private func naive(_ text: [Int]) -> [Int32] {
    text.indices.sorted { text[$0...].lexicographicallyPrecedes(text[$1...]) }.map { Int32($0) }
  }

  private func expectSorted(_ text: [Int], alphabetSize: Int? = nil) {
    let size = alphabetSize ?? (text.max() ?? -1) + 1
    let expected = naive(text)
    #expect(InducedSorting.suffixes(of: text.map { UInt32($0) }, alphabetSize: size) == expected, "\(text)")
    if size <= 256 {
      #expect(InducedSorting.suffixes(of: text.map { UInt8($0) }, alphabetSize: size) == expected, "\(text)")
      #expect(InducedSorting.suffixes(of: text.map { UInt16($0) }, alphabetSize: size) == expected, "\(text)")
    }
  }

  @Test func everyShortText() {
    for length in 0...7 {
      var count = 1
      for _ in 0..<length { count *= 3 }
      for number in 0..<count {
        var rest = number
        expectSorted(
          (0..<length).map { _ in
            defer { rest /= 3 }
            return rest % 3
          }, alphabetSize: 3)
      }
    }
  }

  @Test(arguments: [2, 3, 10, 256, 5000]) func randomTexts(alphabetSize: Int) {
    for (seed, length) in [1, 2, 17, 100, 1000, 3000].enumerated() {
      expectSorted(
        testIDs(length, vocabularySize: alphabetSize, seed: UInt64(seed)).map { Int($0) }, alphabetSize: alphabetSize)
    }
  }

  @Test func oneSymbolAgainAndAgain() {
    for length in [1, 2, 3, 64, 500] {
      expectSorted([Int](repeating: 0, count: length))
      expectSorted([Int](repeating: 7, count: length), alphabetSize: 9)
    }
  }

  @Test func periodsAndRuns() {
    for period in [[0, 1], [1, 0], [0, 0, 1], [2, 1, 0], [0, 1, 0, 2], [3, 1, 3, 1, 2]] {
      for length in [period.count, 50, 333] {
        let text = (0..<length).map { period[$0 % period.count] }
        expectSorted(text)
        expectSorted(text + [period[0]])
        expectSorted([4] + text)
      }
    }
    expectSorted(Array(0..<300))
    expectSorted((0..<300).reversed())
    expectSorted((0..<20).flatMap { [Int](repeating: $0 % 2, count: $0) })
  }

  /// Fibonacci words and Thue-Morse words repeat themselves at many distances, so sorting them takes several levels of
  /// recursion.
  @Test func wordsFullOfRepetition() {
    var (shorter, longer) = ([0], [0, 1])
    while longer.count < 1500 { (shorter, longer) = (longer, longer + shorter) }
    expectSorted(longer)
    expectSorted((0..<1024).map { $0.nonzeroBitCount % 2 })
  }

  @Test func symbolsThatDoNotOccurTakeNoPlace() {
    expectSorted([5, 250, 5, 0, 250, 5], alphabetSize: 256)
    #expect(InducedSorting.suffixes(of: [UInt8](), alphabetSize: 0) == [])
  }
}

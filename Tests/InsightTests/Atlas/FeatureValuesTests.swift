import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct FeatureValuesTests {
  @Test func meanLargestAndVariation() {
    let values = FeatureValues(.linePosition, values: [0, 1, 2, 7])
    #expect(values.mean == 2.5)
    #expect(values.largest == 7)
    #expect(values.varies)
    #expect(FeatureValues(.digit, values: [0, 0, 1]).mean == 1.0 / 3)
  }

  @Test func whatDoesNotVary() {
    #expect(!FeatureValues(.brackets, values: [2, 2, 2]).varies)
    #expect(!FeatureValues(.brackets, values: [2]).varies)
    #expect(FeatureValues(.brackets, values: [2, 2, 3]).varies)
    #expect(FeatureValues(.brackets, values: [3, 2, 2]).varies)
  }

  @Test func withoutCharacters() {
    let none = FeatureValues(.space, values: [])
    #expect(none.mean == 0 && none.largest == 0 && !none.varies)
  }

  /// Every feature of a short text, written out by its definition.
  @Test func allFeaturesOfAShortText() {
    let text = "Me:\n # (\n \"A1.\n"
    let expected: [(TextFeature, [Int])] = [
      //              M  e  :  \n    #     (  \n    "  A  1  .  \n
      (.linePosition, [0, 1, 2, 3, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 5]),
      (.lineEndNear, [1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0]),
      (.paragraphLine, [0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]),
      (.sentencePosition, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 0, 1]),
      (.wordPosition, [1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0]),
      (.space, [0, 0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1]),
      (.capital, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]),
      (.punctuation, [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]),
      (.digit, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]),
      (.speaker, [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      (.quotes, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1]),
      (.brackets, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      (.indentation, [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
      (.comment, [0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]),
    ]
    let found = FeatureValues.all(in: PassageScalar.ofBytes(Array(text.utf8)), range: 0..<15)
    #expect(found.map(\.feature) == TextFeature.allCases)
    for (feature, values) in expected {
      #expect(found.filter { $0.feature == feature }.map(\.values) == [values], "\(feature)")
    }
  }

  @Test func onlyTheRangeCountsAndItsContextIsSeen() {
    func values(_ text: String, _ range: Range<Int>, _ feature: TextFeature) -> [Int] {
      FeatureValues.all(in: PassageScalar.ofBytes(Array(text.utf8)), range: range)
        .filter { $0.feature == feature }.flatMap(\.values)
    }
    // the brackets open before the range
    #expect(values("([a\nb])", 2..<5, .brackets) == [2, 2, 2])
    #expect(values("([a\nb])", 3..<5, .linePosition) == [3, 0])
    #expect(values("/* a */ b", 3..<9, .comment) == [1, 1, 1, 1, 0, 0])
    // the line end is after the range
    #expect(values("abcdefg\n", 1..<3, .lineEndNear) == [0, 1])
    #expect(values("abcdefgh", 1..<3, .lineEndNear) == [0, 0])
  }

  @Test func anEmptyRangeHasEveryFeatureAndNoValue() {
    for text in ["", "abc"] {
      let none = FeatureValues.all(in: PassageScalar.ofBytes(Array(text.utf8)), range: 0..<0)
      #expect(none.map(\.feature) == TextFeature.allCases)
      #expect(none.allSatisfy { $0.values.isEmpty })
    }
  }
}

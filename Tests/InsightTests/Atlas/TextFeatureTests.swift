import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct TextFeatureTests {
  /// The tables have 24 columns for a name.
  @Test func namesAreShortAndDifferent() {
    let names = TextFeature.allCases.map(\.name)
    #expect(names.allSatisfy { $0.count <= 24 })
    #expect(Set(names).count == names.count)
    #expect(TextFeature.allCases.map(\.rawValue).allSatisfy { id in id.allSatisfy { $0.isLowercase || $0 == "-" } })
  }

  @Test func definitionsNameTheirNumbers() {
    #expect(TextFeature.lineEndNear.definition == "1 if one of the next 5 characters is a line end, else 0.")
    #expect(TextFeature.speaker.definition.contains("at most 40 characters before the colon"))
    for feature in TextFeature.allCases {
      #expect(feature.definition.hasSuffix("."))
      #expect(feature.isBinary == feature.definition.hasPrefix("1 ") || feature == .wordPosition)
    }
    #expect(!TextFeature.wordPosition.isBinary)
  }

  @Test func valuesAreDescribed() {
    let values = FeatureValues(.brackets, values: [0, 1, 3, 0])
    #expect(values.mean == 1 && values.largest == 3 && values.varies)
    #expect(!FeatureValues(.digit, values: [1, 1]).varies)
  }
}

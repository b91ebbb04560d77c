import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct CellAtlasTests {
  private func atlas(threads: Int = 1) throws -> CellAtlas {
    let bytes = Array("Ab c.\nDe f!\n\nGh (i) 7\n".utf8)
    let vocabulary = try Vocabulary(unit: .character, countingIn: bytes)
    let configuration = ModelConfiguration(
      vocabularySize: vocabulary.count, embeddingSize: 4, hiddenSize: 20, layers: 2)
    let model = CharacterModel(parameters: testParameters(configuration), vocabulary: vocabulary)
    let passage = try TextPassage(tokens: vocabulary.tokenize(bytes), vocabulary: vocabulary)
    return try CellAtlas(model, passage: passage, threads: threads)
  }

  @Test func featuresThatDoNotVaryAreLeftOut() throws {
    let atlas = try atlas()
    #expect(atlas.constantFeatures == [.speaker, .quotes, .indentation, .comment])
    #expect(atlas.features.map(\.feature) == TextFeature.allCases.filter { !atlas.constantFeatures.contains($0) })
    #expect(atlas.correlations.features == atlas.features.map(\.feature))
    #expect(atlas.features.allSatisfy { $0.values.count == 22 })
  }

  @Test func theBestAreTheLargestOfAll() throws {
    let atlas = try atlas()
    for feature in atlas.features.indices {
      let best = atlas.best(5, for: feature)
      let sizes = atlas.correlations.values[feature].compactMap { $0?.magnitude }.sorted(by: >)
      #expect(best.map(\.correlation.magnitude) == Array(sizes.prefix(5)))
      for ranked in best {
        let index = ranked.address.layer * 20 + ranked.address.cell
        #expect(atlas.correlations.values[feature][index] == ranked.correlation)
      }
    }
  }

  @Test func threadsChangeNothing() throws {
    let (one, three) = (try atlas(), try atlas(threads: 3))
    #expect(one.activations.values == three.activations.values)
    #expect(one.correlations.values == three.correlations.values)
    #expect(one.saturation == three.saturation)
  }
}

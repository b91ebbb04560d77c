import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight
@testable import Pages

@Suite struct AtlasContentsTests {
  @Test func onlyTheCellsOfThePageAreInIt() throws {
    let bytes = Array("one two. Three\n".utf8)
    let vocabulary = try Vocabulary(unit: .byte, countingIn: bytes)
    let configuration = ModelConfiguration(
      vocabularySize: vocabulary.count, embeddingSize: 0, hiddenSize: 5, layers: 2)
    let atlas = try CellAtlas(
      CharacterModel(parameters: testParameters(configuration), vocabulary: vocabulary),
      passage: TextPassage(tokens: vocabulary.tokenize(bytes), vocabulary: vocabulary), quantity: .hidden)
    let contents = AtlasContents(atlas, characters: ShownCharacter.all(in: atlas.passage), cells: [1, 7], bits: 4)
    #expect(contents.symbol == "h" && contents.layers == 2 && contents.cellsPerLayer == 5)
    #expect(contents.cells == [[0, 1], [1, 2]])
    #expect(contents.lowest == [1, 7].map { atlas.activations[$0].min() })
    #expect(contents.highest == [1, 7].map { atlas.activations[$0].max() })
    #expect(contents.features[0].correlations == [1, 7].map { atlas.correlations.values[0][$0] })
    #expect(contents.features[0].mean == 7 && contents.features[0].name == "position in the line")
    let forget = contents.saturation[1]
    #expect(forget.gate == "forget")
    let layers = (0..<2).map { Array(atlas.saturation.counts(.right, .forget, layer: $0)) }
    #expect(forget.right == [layers[0][1], layers[1][2]])
    #expect(contents.rowLength == 10)
    // each distinct character once
    #expect(contents.characters.map { $0[0] } == ["o", "n", "e", " ", "t", "w", ".", "T", "h", "r", "\n"])
    #expect(contents.text == [0, 1, 2, 3, 4, 5, 0, 6, 3, 7, 8, 9, 2, 2, 10])
  }
}

import Tensors
import Testing

@testable import CharLSTM

@Suite struct ParameterLayoutTests {
  @Test func regionsFollowEachOtherWithoutOverlap() {
    let configuration = ModelConfiguration(vocabularySize: 70, embeddingSize: 10, hiddenSize: 33, layers: 3)
    let layout = ParameterLayout(configuration)
    var regions = layout.layers.flatMap { [$0.inputWeights, $0.recurrentWeights, $0.bias] }
    regions += [layout.decoderWeights, layout.decoderBias]
    if let embedding = layout.embedding { regions.append(embedding) }
    regions.sort { $0.offset < $1.offset }
    #expect(regions.count == 12)
    #expect(regions[0].offset == 0)
    for (a, b) in zip(regions, regions.dropFirst()) { #expect(a.range.upperBound <= b.offset) }
    #expect(regions[11].range.upperBound <= layout.count)
    // 33 cells are stored as 48, 70 characters as 80, 10 dimensions as 16
    #expect(layout.layers[0].inputWeights.rows == 16)
    #expect(layout.layers[1].inputWeights.rows == 48)
    #expect(layout.layers[2].recurrentWeights.paddedColumns == 192)
    #expect(layout.decoderWeights.rows == 48)
    #expect(layout.decoderWeights.paddedColumns == 80)
  }

  /// A character's row is looked up, so that none is needed beyond the last.
  @Test func oneHotInputHasARowForEachCharacter() {
    let layout = ParameterLayout(
      ModelConfiguration(vocabularySize: 70, embeddingSize: 0, hiddenSize: 33, layers: 1))
    #expect(layout.embedding == nil)
    #expect(layout.layers[0].inputWeights.rows == 70)
  }
}

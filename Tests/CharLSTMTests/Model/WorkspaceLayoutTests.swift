import Tensors
import Testing

@testable import CharLSTM

@Suite struct WorkspaceLayoutTests {
  private func layout(
    layers: Int = 2, precision: TrainingPrecision = .float32, hasDropout: Bool = false
  ) -> WorkspaceLayout {
    let model = ModelConfiguration(vocabularySize: 10, embeddingSize: 4, hiddenSize: 20, layers: layers)
    return WorkspaceLayout(
      ParameterLayout(model), shape: MinibatchShape(lanes: 3, timeSteps: 4), precision: precision,
      hasDropout: hasDropout)
  }

  private func ranges(_ layout: WorkspaceLayout) -> [Range<Int>] {
    var regions = layout.layers.flatMap { [$0.h, $0.gates] }.flatMap {
      [$0.values.region] + ($0.rounded.map { [$0.rows.region, $0.pairs.region] } ?? [])
    }
    regions += layout.layers.map(\.c.region)
    regions += [layout.logits.region, layout.dh.region, layout.dc, layout.losses, layout.derived.table.region]
    regions.append(layout.tableGradient)
    return regions.map(\.range)
  }

  @Test(arguments: TrainingPrecision.allCases) func nothingOverlapsAndAllFits(precision: TrainingPrecision) {
    let layout = layout(precision: precision)
    let sorted = ranges(layout).sorted { $0.lowerBound < $1.lowerBound }
    for (one, next) in zip(sorted, sorted.dropFirst()) { #expect(one.upperBound <= next.lowerBound) }
    #expect(sorted[sorted.count - 1].upperBound == layout.count)
    #expect(layout.activationCount < layout.count)
  }

  @Test func shapes() {
    let layout = layout()
    #expect(layout.layers[1].h.values.region.rows == 15 && layout.layers[1].h.values.region.columns == 20)
    #expect(layout.layers[0].gates.values.region.rows == 12)
    #expect(layout.layers[0].gates.values.region.columns == Gates.columns(cells: 20))
    #expect(layout.logits.region.rows == 12 && layout.logits.region.columns == 10)
    #expect(layout.dc.rows == 3 && layout.losses.columns == 12)
    #expect(layout.outputs == layout.layers.map(\.h))
  }

  @Test func dropoutHasRowsOfItsOwn() throws {
    let (plain, dropped) = (layout(precision: .bfloat16), layout(precision: .bfloat16, hasDropout: true))
    #expect(dropped.count > plain.count)
    for (output, layer) in zip(dropped.outputs, dropped.layers) { #expect(output.values != layer.h.values) }
    // the softmax layer reads float32
    #expect(dropped.outputs[0].rounded != nil && dropped.outputs[1].rounded == nil)
  }
}

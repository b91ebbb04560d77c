import Tensors

/// What is computed from the parameters once per update and then read T times: the first layer's table and the
/// transposed weights of the backward pass.
struct DerivedWeights {
  let layout: ParameterLayout
  let table: InputTable
  /// `[4H, H]` for each layer.
  let recurrentTransposed: [PanelRegion]
  /// `[4H, X]` for each layer; nil for one-hot input, which has no gradient.
  let inputTransposed: [PanelRegion?]
  /// `[V, H]`.
  let decoderTransposed: PanelRegion
  private let panels: [Panel]

  private enum Panel {
    case table(Int)
    case transposed(from: PanelRegion, to: PanelRegion, panel: Int)
  }

  init(layout: ParameterLayout, allocator: inout PanelAllocator) {
    self.layout = layout
    let configuration = layout.configuration
    let gates = layout.layers[0].recurrentWeights.columns
    table = InputTable(
      layout: layout, region: allocator.region(rows: configuration.vocabularySize, columns: gates))
    var panels = (0..<table.region.panelCount).map { Panel.table($0) }
    func transposed(_ from: PanelRegion, columns: Int) -> PanelRegion {
      let to = allocator.region(rows: from.paddedColumns, columns: columns)
      panels += (0..<to.panelCount).map { .transposed(from: from, to: to, panel: $0) }
      return to
    }
    recurrentTransposed = layout.layers.map { transposed($0.recurrentWeights, columns: configuration.hiddenSize) }
    inputTransposed = layout.layers.enumerated().map { index, layer in
      index == 0 && layout.embedding == nil
        ? nil : transposed(layer.inputWeights, columns: configuration.inputSize(ofLayer: index))
    }
    decoderTransposed = transposed(layout.decoderWeights, columns: configuration.hiddenSize)
    self.panels = panels
  }

  /// Recomputes everything; the parts are independent and each is one panel.
  func update(parameters: FloatsView, workspace: MutableFloatsView, kernels: Kernels, threads: Int) {
    parallel(parts: panels.count, threads: threads) { part in
      switch panels[part] {
      case .table(let panel):
        table.compute(panel: panel, parameters: parameters, into: workspace[table.region], kernels: kernels)
      case .transposed(let from, let to, let panel):
        kernels.transpose(into: workspace[to], parameters[from], panel: panel)
      }
    }
  }
}

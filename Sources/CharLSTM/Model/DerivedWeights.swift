import Tensors

/// What is computed from the parameters once per update and then read T times: the first layer's table, the transposed
/// weights of the backward pass, and all of them in bfloat16 where products are computed in it.
struct DerivedWeights {
  /// The matrices of one layer as the kernels read them.
  struct Layer {
    /// `[H, 4H]` in pairs of rows; nil: the parameters themselves.
    let recurrentPairs: PanelRegion?
    /// `[H, 4H]` in pairs of rows; nil: the parameters themselves, or there is no product.
    let inputPairs: PanelRegion?
    /// `[4H, H]`, in pairs of rows with bfloat16.
    let recurrentTransposed: PanelRegion
    /// `[4H, X]`, in pairs of rows with bfloat16 but for the first layer's; nil for one-hot input, which has no gradient.
    let inputTransposed: PanelRegion?
  }

  let layout: ParameterLayout
  let table: InputTable
  let layers: [Layer]
  /// `[V, H]`.
  let decoderTransposed: PanelRegion
  private let panels: [Panel]

  private enum Panel {
    case table(Int)
    case transposed(from: PanelRegion, to: PanelRegion, panel: Int)
    case transposedPairs(from: PanelRegion, to: PanelRegion, panel: Int)
    case pairs(from: PanelRegion, to: PanelRegion, panel: Int)
  }

  init(layout: ParameterLayout, precision: TrainingPrecision, allocator: inout PanelAllocator) {
    self.layout = layout
    let configuration = layout.configuration
    let gates = layout.layers[0].recurrentWeights.columns
    table = InputTable(
      layout: layout, region: allocator.region(rows: configuration.vocabularySize, columns: gates))
    var panels = (0..<table.region.panelCount).map { Panel.table($0) }
    func transposed(_ from: PanelRegion, columns: Int, pairs: Bool) -> PanelRegion {
      let rows = pairs ? Kernels.pairedRows(from.columns) : from.paddedColumns
      let to = allocator.region(rows: rows, columns: columns, format: pairs ? .bfloat16Pairs : .float32)
      panels += (0..<to.panelCount).map {
        pairs ? .transposedPairs(from: from, to: to, panel: $0) : .transposed(from: from, to: to, panel: $0)
      }
      return to
    }
    func paired(_ from: PanelRegion) -> PanelRegion {
      let to = allocator.region(
        rows: Kernels.pairedRows(from.rows), columns: from.columns, format: .bfloat16Pairs)
      panels += (0..<to.panelCount).map { .pairs(from: from, to: to, panel: $0) }
      return to
    }
    let pairs = precision == .bfloat16
    layers = layout.layers.enumerated().map { index, layer in
      Layer(
        recurrentPairs: pairs ? paired(layer.recurrentWeights) : nil,
        inputPairs: pairs && index > 0 ? paired(layer.inputWeights) : nil,
        recurrentTransposed: transposed(
          layer.recurrentWeights, columns: configuration.hiddenSize, pairs: pairs),
        inputTransposed: index == 0 && layout.embedding == nil
          ? nil
          : transposed(
            layer.inputWeights, columns: configuration.inputSize(ofLayer: index), pairs: pairs && index > 0))
    }
    decoderTransposed = transposed(layout.decoderWeights, columns: configuration.hiddenSize, pairs: false)
    self.panels = panels
  }

  /// Recomputes everything; the parts are independent and each is one panel.
  func update(parameters: FloatsView, workspace: MutableFloatsView, kernels: Kernels, threads: Int) {
    parallel(
      parts: panels.count, threads: threads,
      Update(weights: self, parameters: parameters, workspace: workspace, kernels: kernels))
  }

  private struct Update: ParallelWork {
    let weights: DerivedWeights
    let parameters: FloatsView
    let workspace: MutableFloatsView
    let kernels: Kernels

    func run(part: Int) {
      switch weights.panels[part] {
      case .table(let panel):
        let table = weights.table
        table.compute(panel: panel, parameters: parameters, into: workspace[table.region], kernels: kernels)
      case .transposed(let from, let to, let panel):
        kernels.transpose(into: workspace[to], parameters[from], panel: panel)
      case .transposedPairs(let from, let to, let panel):
        kernels.transposePairs(into: workspace[to], parameters[from], panel: panel)
      case .pairs(let from, let to, let panel):
        kernels.pairRows(
          into: workspace[to], row: 0, parameters[from], row: 0, rows: from.rows, panels: panel..<panel + 1)
      }
    }
  }
}

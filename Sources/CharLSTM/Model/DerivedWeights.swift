import Tensors

/// The weights that are computed from the parameters once per update and then used at every step.
///
/// They are the first layer's table and the transposed weights of the backward pass. With bfloat16 they include the
/// LSTM layers' weights in that precision.
struct DerivedWeights {
  /// The place of a matrix of weights that a step reads.
  enum Place {
    /// Among the parameters, as it was trained.
    case parameters(PanelRegion)
    /// In the workspace, computed from the parameters.
    case workspace(PanelRegion)
  }

  /// The matrices of one layer as the kernels read them. With bfloat16, W and U are stored in pairs of rows.
  struct Layer {
    /// The rows that the pre-activations start from: the table `[V, 4H]` for the first layer, the bias `[1, 4H]` for
    /// the others.
    let start: Place
    /// W, stored as `[H, 4H]`; nil for the first layer, whose products are in the table.
    let input: Place?
    /// U, stored as `[H, 4H]`.
    let recurrent: Place
    /// U for the backward pass, stored as `[4H, H]`.
    let recurrentTransposed: PanelRegion
    /// W for the backward pass, stored as `[4H, X]`. For the first layer it is always in float32. It is nil for
    /// one-hot input, which needs no gradient.
    let inputTransposed: PanelRegion?
  }

  let layout: ParameterLayout
  let table: InputTable
  let layers: [Layer]
  /// W' for the backward pass, stored as `[V, H]`.
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
    func transposed(_ from: PanelRegion, columns: Int, precision: TrainingPrecision) -> PanelRegion {
      let pairs = precision == .bfloat16
      let rows = pairs ? Kernels.pairedRows(from.columns) : from.paddedColumns
      let to = allocator.region(rows: rows, columns: columns, format: pairs ? .bfloat16Pairs : .float32)
      panels += (0..<to.panelCount).map {
        pairs ? .transposedPairs(from: from, to: to, panel: $0) : .transposed(from: from, to: to, panel: $0)
      }
      return to
    }
    func operand(_ from: PanelRegion) -> Place {
      guard precision == .bfloat16 else { return .parameters(from) }
      let to = allocator.region(
        rows: Kernels.pairedRows(from.rows), columns: from.columns, format: .bfloat16Pairs)
      panels += (0..<to.panelCount).map { .pairs(from: from, to: to, panel: $0) }
      return .workspace(to)
    }
    let tableRegion = table.region
    layers = layout.layers.enumerated().map { index, layer in
      let recurrent = operand(layer.recurrentWeights)
      return Layer(
        start: index == 0 ? .workspace(tableRegion) : .parameters(layer.bias),
        input: index == 0 ? nil : operand(layer.inputWeights), recurrent: recurrent,
        recurrentTransposed: transposed(
          layer.recurrentWeights, columns: configuration.hiddenSize, precision: precision),
        inputTransposed: index == 0 && layout.embedding == nil
          ? nil
          : transposed(
            layer.inputWeights, columns: configuration.inputSize(ofLayer: index),
            precision: index == 0 ? .float32 : precision))
    }
    decoderTransposed = transposed(
      layout.decoderWeights, columns: configuration.hiddenSize, precision: .float32)
    self.panels = panels
  }

  /// Recomputes all derived weights. Each part of the work is one panel, and the parts are independent.
  func update(parameters: FloatsView, workspace: MutableFloatsView, processor: Processor) {
    processor.run(
      parts: panels.count,
      Update(weights: self, parameters: parameters, workspace: workspace, kernels: processor.kernels))
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

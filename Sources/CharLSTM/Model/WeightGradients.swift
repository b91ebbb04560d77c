import Tensors

/// The weight gradients of a minibatch, cut in slices of the weight matrices.
///
/// Each slice is summed over all (t, b) in one fixed order, by whichever core takes it: the result has the same bits for
/// any number of threads. This is also the only place where what different lanes contribute is added up, the seam at
/// which several processes, each with a range of lanes, would join.
struct WeightGradients {
  /// Panels of the left operand that a slice takes: its block of the gradient then stays in the second-level cache.
  private static let mostLeftPanels = 4

  private enum Slice {
    case table(panel: Int)
    case inputWeights(layer: Int, panel: Int, left: Range<Int>)
    case recurrentWeights(layer: Int, panel: Int, left: Range<Int>)
    case bias(layer: Int, panel: Int)
    case decoderWeights(panel: Int, left: Range<Int>)
    case decoderBias(panel: Int)
  }

  let layout: ParameterLayout
  let derived: DerivedWeights
  /// `[V, 4H]`.
  let tableGradient: PanelRegion
  let lanes: Int
  let timeSteps: Int
  private let slices: [Slice]

  init(
    layout: ParameterLayout, derived: DerivedWeights, lanes: Int, timeSteps: Int, allocator: inout PanelAllocator
  ) {
    self.layout = layout
    self.derived = derived
    self.lanes = lanes
    self.timeSteps = timeSteps
    tableGradient = allocator.region(rows: derived.table.region.rows, columns: derived.table.region.columns)
    var slices = [Slice]()
    func lefts(_ columns: Int) -> [Range<Int>] {
      let panels = (PanelRegion.padded(columns) + PanelRegion.panelWidth - 1) / PanelRegion.panelWidth
      return stride(from: 0, to: panels, by: Self.mostLeftPanels).map { $0..<min(panels, $0 + Self.mostLeftPanels) }
    }
    let hidden = lefts(layout.configuration.hiddenSize)
    for (index, layer) in layout.layers.enumerated() {
      for panel in 0..<layer.bias.panelCount {
        slices += hidden.map { .recurrentWeights(layer: index, panel: panel, left: $0) }
        if index > 0 {
          slices += hidden.map { .inputWeights(layer: index, panel: panel, left: $0) }
          slices.append(.bias(layer: index, panel: panel))
        }
      }
    }
    for panel in 0..<layout.decoderBias.panelCount {
      slices += hidden.map { .decoderWeights(panel: panel, left: $0) }
      slices.append(.decoderBias(panel: panel))
    }
    slices += (0..<tableGradient.panelCount).map { .table(panel: $0) }
    self.slices = slices
  }

  /// - Parameters:
  ///   - activations: of each layer, gates already turned to gradients.
  ///   - inputs: what each layer l > 0 read, and at last the softmax layer.
  ///   - ids: `[T, B]`.
  func sum(
    activations: [LSTMLayer.Activations], inputs: [LayerInput], dlogits: PanelRegion, ids: [Int32],
    parameters: FloatsView, workspace: MutableFloatsView, gradients: MutableFloatsView, kernels: Kernels, threads: Int
  ) {
    let sum = Sum(
      gradient: self, activations: activations, inputs: inputs, dlogits: dlogits, ids: ids, parameters: parameters,
      workspace: workspace, gradients: gradients, kernels: kernels)
    parallel(parts: slices.count, threads: threads, sum)
    guard let transposed = derived.layers[0].inputTransposed else { return }
    let embeddings = EmbeddingSum(sum: sum, transposed: transposed)
    parallel(parts: embeddings.parts, threads: threads, embeddings)
  }

  /// All slices, a part each.
  private struct Sum: ParallelWork {
    let gradient: WeightGradients
    let activations: [LSTMLayer.Activations]
    let inputs: [LayerInput]
    let dlogits: PanelRegion
    let ids: [Int32]
    let parameters: FloatsView
    let workspace: MutableFloatsView
    let gradients: MutableFloatsView
    let kernels: Kernels

    private var work: FloatsView { workspace.readOnly }
    private var rows: Int { gradient.lanes * gradient.timeSteps }

    func run(part: Int) {
      let layout = gradient.layout
      switch gradient.slices[part] {
      case .table(let panel):
        gradient.derived.table.backward(
          panel: panel, gates: work[activations[0].gates], ids: ids, parameters: parameters,
          tableGradient: workspace[gradient.tableGradient], gradients: gradients, kernels: kernels)
      case .inputWeights(let layer, let panel, let left):
        sum(
          into: layout.layers[layer].inputWeights, inputs[layer], layer: layer, panels: left, panel: panel)
      case .recurrentWeights(let layer, let panel, let left):
        // the rows of h before each step are the rows after it, one block of lanes earlier
        let h = LayerInput(
          region: activations[layer].h, row: 0, bfloat16: activations[layer].roundedH.map { ($0, 0) })
        sum(into: layout.layers[layer].recurrentWeights, h, layer: layer, panels: left, panel: panel)
      case .bias(let layer, let panel):
        kernels.sumRows(
          into: gradients[layout.layers[layer].bias], work[activations[layer].gates], rows: rows, panel: panel)
      case .decoderWeights(let panel, let left):
        let input = inputs[inputs.count - 1]
        kernels.productOfTransposed(
          into: gradients[layout.decoderWeights],
          TransposedProductOperands(
            left: work[input.region], leftRow: input.row, right: work[dlogits], rightRow: 0, rows: rows),
          leftPanels: left, panel: panel)
      case .decoderBias(let panel):
        kernels.sumRows(into: gradients[layout.decoderBias], work[dlogits], rows: rows, panel: panel)
      }
    }

    /// The product of what a layer read, transposed, and its gates' gradients, over all lanes and steps.
    private func sum(into region: PanelRegion, _ input: LayerInput, layer: Int, panels: Range<Int>, panel: Int) {
      let operands =
        if let (rows, block) = input.bfloat16, let gates = activations[layer].roundedGates {
          TransposedProductOperands(
            left: work[rows.paired], leftRow: block * rows.pairs, right: work[gates.paired], rightRow: 0,
            rows: gradient.timeSteps * rows.pairs)
        } else {
          TransposedProductOperands(
            left: work[input.region], leftRow: input.row, right: work[activations[layer].gates], rightRow: 0,
            rows: rows)
        }
      kernels.productOfTransposed(into: gradients[region], operands, leftPanels: panels, panel: panel)
    }
  }

  /// The gradient of the embedding, some characters a part; the table's gradient has to be there.
  private struct EmbeddingSum: ParallelWork {
    private static let charactersPerPart = 16

    let sum: Sum
    let transposed: PanelRegion

    private var vocabularySize: Int { sum.gradient.layout.configuration.vocabularySize }
    var parts: Int { (vocabularySize + Self.charactersPerPart - 1) / Self.charactersPerPart }

    func run(part: Int) {
      let first = part * Self.charactersPerPart
      sum.gradient.derived.table.backward(
        characters: first..<min(vocabularySize, first + Self.charactersPerPart),
        tableGradient: sum.workspace.readOnly[sum.gradient.tableGradient],
        inputTransposed: sum.workspace.readOnly[transposed], gradients: sum.gradients, kernels: sum.kernels)
    }
  }
}

/// The rows `[T · B, X]` that a layer reads: those of the layer below after each step.
struct LayerInput {
  let region: PanelRegion
  /// The first of them.
  let row: Int
  /// The same in bfloat16, and the block of the first step.
  let bfloat16: (rows: BFloat16Rows, block: Int)?
}

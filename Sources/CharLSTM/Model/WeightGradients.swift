import Tensors

/// The weight gradients of a minibatch, computed in slices of the weight matrices.
///
/// Each slice is summed over all lanes and steps in one fixed order, whichever thread computes it. So the result has
/// the same bits for any number of threads. Gradients of different lanes are added only here. If several processes
/// shared the lanes, they would combine their sums here.
struct WeightGradients {
  /// The most panels of the left operand in a slice. With them, the slice's block of the gradient fits into the L2
  /// cache.
  private static let mostLeftPanels = 4

  private enum Slice {
    case table(panel: Int)
    case inputWeights(layer: Int, panel: Int, left: Range<Int>)
    case recurrentWeights(layer: Int, panel: Int, left: Range<Int>)
    case bias(layer: Int, panel: Int)
    case decoderWeights(panel: Int, left: Range<Int>)
    case decoderBias(panel: Int)
  }

  private let layout: WorkspaceLayout
  private let slices: [Slice]

  init(_ layout: WorkspaceLayout) {
    self.layout = layout
    let parameters = layout.parameters
    let panels = layout.dh.region.panelCount
    let lefts = stride(from: 0, to: panels, by: Self.mostLeftPanels).map {
      $0..<min(panels, $0 + Self.mostLeftPanels)
    }
    var slices: [Slice] = []
    for (index, layer) in parameters.layers.enumerated() {
      for panel in 0..<layer.bias.panelCount {
        slices += lefts.map { .recurrentWeights(layer: index, panel: panel, left: $0) }
        if index > 0 {
          slices += lefts.map { .inputWeights(layer: index, panel: panel, left: $0) }
          slices.append(.bias(layer: index, panel: panel))
        }
      }
    }
    for panel in 0..<parameters.decoderBias.panelCount {
      slices += lefts.map { .decoderWeights(panel: panel, left: $0) }
      slices.append(.decoderBias(panel: panel))
    }
    slices += (0..<layout.tableGradient.panelCount).map { .table(panel: $0) }
    self.slices = slices
  }

  /// Computes all weight gradients and overwrites `gradients`. The backward pass must have left the gradients of the
  /// pre-activations and of the logits in the workspace.
  /// - Parameter ids: The ids that the network read, `[T, B]`.
  func sum(ids: [Int32], memory: StepMemory, into gradients: MutableFloatsView, processor: Processor) {
    let sum = Sum(
      layout: layout, slices: slices, ids: ids, memory: memory, gradients: gradients, kernels: processor.kernels)
    processor.run(parts: slices.count, sum)
    guard let transposed = layout.derived.layers[0].inputTransposed else { return }
    let embeddings = EmbeddingSum(sum: sum, transposed: transposed)
    processor.run(parts: embeddings.parts, embeddings)
  }

  /// Computes all slices. Each slice is one part.
  private struct Sum: ParallelWork {
    let layout: WorkspaceLayout
    let slices: [Slice]
    let ids: [Int32]
    let memory: StepMemory
    let gradients: MutableFloatsView
    let kernels: Kernels

    func run(part: Int) {
      let parameters = layout.parameters
      let rows = layout.shape.lanes * layout.shape.timeSteps
      switch slices[part] {
      case .table(let panel):
        layout.derived.table.backward(
          panel: panel, gates: memory[layout.layers[0].gates.values.region], ids: ids,
          tableGradient: memory.workspace[layout.tableGradient],
          memory: GradientMemory(parameters: memory.parameters, gradients: gradients), kernels: kernels)
      case .inputWeights(let layer, let panel, let left):
        sum(
          into: parameters.layers[layer].inputWeights, layout.outputs[layer - 1], firstStep: 0,
          gates: layout.layers[layer].gates, panels: left, panel: panel)
      case .recurrentWeights(let layer, let panel, let left):
        // at step t, U is multiplied by h of step t - 1
        sum(
          into: parameters.layers[layer].recurrentWeights, layout.layers[layer].h, firstStep: -1,
          gates: layout.layers[layer].gates, panels: left, panel: panel)
      case .bias(let layer, let panel):
        kernels.sumRows(
          into: gradients[parameters.layers[layer].bias], memory[layout.layers[layer].gates.values.region], rows: rows,
          panel: panel)
      case .decoderWeights(let panel, let left):
        let h = layout.outputs[layout.outputs.count - 1].values
        kernels.productOfTransposed(
          into: gradients[parameters.decoderWeights],
          TransposedProductOperands(
            left: memory[h.region], leftRow: h.row(ofStep: 0), right: memory[layout.logits.region], rightRow: 0,
            rows: rows),
          leftPanels: left, panel: panel)
      case .decoderBias(let panel):
        kernels.sumRows(
          into: gradients[parameters.decoderBias], memory[layout.logits.region], rows: rows, panel: panel)
      }
    }

    /// Computes dW = Σ δₜ xᵀ or dU = Σ δₜ h₍ₜ₋₁₎ᵀ over all lanes and steps, stored transposed. `read` has the rows of
    /// x or of h.
    private func sum(
      into region: PanelRegion, _ read: ProductRows, firstStep: Int, gates: ProductRows, panels: Range<Int>, panel: Int
    ) {
      let timeSteps = layout.shape.timeSteps
      let (left, right) = (read.rounded?.pairs ?? read.values, gates.rounded?.pairs ?? gates.values)
      kernels.productOfTransposed(
        into: gradients[region],
        TransposedProductOperands(
          left: memory[left.region], leftRow: left.row(ofStep: firstStep), right: memory[right.region],
          rightRow: right.row(ofStep: 0), rows: timeSteps * left.lanes),
        leftPanels: panels, panel: panel)
    }
  }

  /// Computes the gradient of the embedding. Each part takes a range of characters. The table's gradient must be
  /// complete.
  private struct EmbeddingSum: ParallelWork {
    private static let charactersPerPart = 16

    let sum: Sum
    let transposed: PanelRegion

    private var vocabularySize: Int { sum.layout.parameters.configuration.vocabularySize }
    var parts: Int { (vocabularySize + Self.charactersPerPart - 1) / Self.charactersPerPart }

    func run(part: Int) {
      let first = part * Self.charactersPerPart
      sum.layout.derived.table.backward(
        characters: first..<min(vocabularySize, first + Self.charactersPerPart),
        tableGradient: sum.memory[sum.layout.tableGradient], inputTransposed: sum.memory[transposed],
        gradients: sum.gradients, kernels: sum.kernels)
    }
  }
}

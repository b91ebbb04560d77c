import Tensors

/// The first layer's input product as a table.
///
/// The input x is E[v], the embedding of character v, or v one-hot. So W x + b has only V possible values. The
/// forward pass looks them up. The backward pass first sums the gates' gradients by character. So it computes the
/// products once per character of the vocabulary, not once per step and lane.
struct InputTable {
  let layout: ParameterLayout
  /// The place of the table, `[V, 4H]`.
  let region: PanelRegion

  /// Computes one panel of the table. The panels are independent of each other.
  func compute(panel: Int, parameters: FloatsView, into table: MutablePanelView, kernels: Kernels) {
    let layer = layout.layers[0]
    guard let embedding = layout.embedding else {
      kernels.add(row: parameters[layer.bias], to: parameters[layer.inputWeights], into: table, panel: panel)
      return
    }
    kernels.product(
      into: table, row: 0, rows: embedding.rows,
      ProductOperand(rows: parameters[embedding], row: 0, weights: parameters[layer.inputWeights]),
      panels: panel..<panel + 1, start: parameters[layer.bias])
  }

  /// Computes one panel of the gradients of the first layer's W and b, from the gates' gradients δ `[T · B, 4H]`.
  ///
  /// With an embedding, it first sums δ by character into `tableGradient`. With one-hot input the sums are the
  /// gradient of W itself.
  func backward(
    panel: Int, gates: PanelView, ids: [Int32], tableGradient: MutablePanelView, memory: GradientMemory,
    kernels: Kernels
  ) {
    let (layer, gradients) = (layout.layers[0], memory.gradients)
    // with one-hot input the table is W plus the row b, so both have the same gradient
    let sums = layout.embedding == nil ? gradients[layer.inputWeights] : tableGradient
    sums.clear(panel: panel)
    kernels.sumRows(into: sums, gates, ids: ids, panel: panel)
    kernels.sumRows(into: gradients[layer.bias], sums.readOnly, rows: sums.rows, panel: panel)
    guard let embedding = layout.embedding else { return }
    let vectors = memory.parameters[embedding]
    kernels.productOfTransposed(
      into: gradients[layer.inputWeights],
      TransposedProductOperands(
        left: vectors, leftRow: 0, right: sums.readOnly, rightRow: 0, rows: embedding.rows),
      leftPanels: 0..<embedding.panelCount, panel: panel)
  }

  /// Computes the gradient of the embedding for a range of characters, dE[v] = Wᵀ Σ δ. It needs all panels of the
  /// table's gradient Σ δ.
  func backward(
    characters: Range<Int>, tableGradient: PanelView, inputTransposed: PanelView, gradients: MutableFloatsView,
    kernels: Kernels
  ) {
    guard let embedding = layout.embedding else { return }
    kernels.product(
      into: gradients[embedding], row: characters.lowerBound, rows: characters.count,
      ProductOperand(rows: tableGradient, row: characters.lowerBound, weights: inputTransposed))
  }
}

/// The parameters and their gradients, on borrowed memory.
struct GradientMemory {
  let parameters: FloatsView
  let gradients: MutableFloatsView
}

import Tensors

/// The first layer's input product as a table: with V characters `W · embedding(c) + b` has only V values.
///
/// Forward looks the rows up; backward gathers the gates' gradients by character and pushes them through once.
struct InputTable {
  let layout: ParameterLayout
  /// `[V, 4H]`.
  let region: PanelRegion

  /// Computes one panel of the table; panels are independent of each other.
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

  /// Gradients of one panel of the first layer's input weights and bias, from the gates' gradients `[T · B, 4H]`, which are
  /// first gathered by character in `tableGradient`.
  func backward(
    panel: Int, gates: PanelView, ids: [Int32], tableGradient: MutablePanelView, memory: GradientMemory,
    kernels: Kernels
  ) {
    let (layer, gradients) = (layout.layers[0], memory.gradients)
    // without embedding the table is the input weights plus a row
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

  /// Gradient of the embedding `[V, D]`, for a range of characters; needs all panels of the table's gradient.
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

/// The parameters and their gradients, borrowed.
struct GradientMemory {
  let parameters: FloatsView
  let gradients: MutableFloatsView
}

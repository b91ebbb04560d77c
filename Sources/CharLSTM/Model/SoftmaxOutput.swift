import Tensors

/// The softmax layer, the same one at every time step (`TimeDistributed` in Keras's words): logits = W h + b.
struct SoftmaxOutput {
  let layout: ParameterLayout
  let kernels: Kernels

  /// Logits `[.., V]` of `rows` rows of h `[.., H]`.
  func forward(
    _ h: PanelView, row hRow: Int, rows: Int, parameters: FloatsView, into logits: MutablePanelView, row: Int
  ) {
    kernels.product(
      into: logits, row: row, rows: rows,
      ProductOperand(rows: h, row: hRow, weights: parameters[layout.decoderWeights]),
      start: parameters[layout.decoderBias])
  }

  /// dh = dlogits · Wᵀ; `decoderTransposed` is `[V, H]`.
  func backward(
    dlogits: PanelView, row: Int, rows: Int, decoderTransposed: PanelView, into dh: MutablePanelView
  ) {
    kernels.product(
      into: dh, row: row, rows: rows, ProductOperand(rows: dlogits, row: row, weights: decoderTransposed))
  }
}

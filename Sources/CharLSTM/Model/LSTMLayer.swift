import Tensors

/// One LSTM layer over the T steps of a minibatch, for a range of lanes: lanes never meet, so a core runs all T steps
/// forward and all T steps back on its own lanes without waiting for anyone.
struct LSTMLayer {
  /// What forward leaves for backward. Row t · B + b belongs to lane b at step t; block 0 of h and c is the carried state,
  /// block t + 1 the state after step t.
  struct Activations: Sendable {
    /// `[(T + 1) · B, H]`.
    let h: PanelRegion
    /// `[(T + 1) · B, H]`.
    let c: PanelRegion
    /// `[T · B, 4H]`: activated gates, after backward the gradients of their sums.
    let gates: PanelRegion

    init(lanes: Int, timeSteps: Int, hiddenSize: Int, allocator: inout PanelAllocator) {
      h = allocator.region(rows: (timeSteps + 1) * lanes, columns: hiddenSize)
      c = allocator.region(rows: (timeSteps + 1) * lanes, columns: hiddenSize)
      gates = allocator.region(rows: timeSteps * lanes, columns: 4 * PanelRegion.padded(hiddenSize))
    }
  }

  let lanes: Int
  let activations: Activations
  let kernels: Kernels

  /// - Parameters:
  ///   - start: the table `[V, 4H]` with `ids` `[T, B]`, or the bias `[1, 4H]` with no ids.
  ///   - input: this step's rows `[T · B, X]` and weights `[X, 4H]`, for all layers but the first.
  func forward(
    step t: Int, lanes range: Range<Int>, start: PanelView, ids: [Int32],
    input: (x: PanelView, row: Int, weights: PanelView)?,
    recurrentWeights: PanelView, workspace: MutableFloatsView
  ) {
    kernels.lstmStep(
      LSTMStep(
        lanes: range, start: start, startRows: ids.isEmpty ? [] : ids[t * lanes..<(t + 1) * lanes], input: input,
        recurrentWeights: recurrentWeights, h: workspace[activations.h], hBefore: t * lanes, hAfter: (t + 1) * lanes,
        c: workspace[activations.c], cBefore: t * lanes, cAfter: (t + 1) * lanes,
        gates: (workspace[activations.gates], t * lanes)))
  }

  /// - Parameters:
  ///   - dh: `[T · B, H]`, gradient of the loss at this layer's output.
  ///   - dc: `[B, H]`, zero before the last step: gradients are cut at the end of the minibatch.
  func backward(
    step t: Int, of timeSteps: Int, lanes range: Range<Int>, dh: PanelView, dc: MutablePanelView,
    recurrentTransposed: PanelView, workspace: MutableFloatsView
  ) {
    kernels.lstmBackwardStep(
      LSTMBackwardStep(
        lanes: range, dh: dh, dhRow: t * lanes, gates: workspace[activations.gates], gatesRow: t * lanes,
        nextGatesRow: t + 1 < timeSteps ? (t + 1) * lanes : nil, recurrentTransposed: recurrentTransposed,
        c: workspace[activations.c].readOnly, cBefore: t * lanes, cAfter: (t + 1) * lanes, dc: dc))
  }
}

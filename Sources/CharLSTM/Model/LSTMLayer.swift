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
    /// h in bfloat16; nil in float32.
    let roundedH: BFloat16Rows?
    /// The gates' gradients in bfloat16: the rounded rows of two steps, the pairs of all.
    let roundedGates: BFloat16Rows?

    init(
      lanes: Int, timeSteps: Int, hiddenSize: Int, precision: TrainingPrecision, allocator: inout PanelAllocator
    ) {
      let gateColumns = Gates.columns(cells: hiddenSize)
      h = allocator.region(rows: (timeSteps + 1) * lanes, columns: hiddenSize)
      c = allocator.region(rows: (timeSteps + 1) * lanes, columns: hiddenSize)
      gates = allocator.region(rows: timeSteps * lanes, columns: gateColumns)
      guard precision == .bfloat16 else {
        (roundedH, roundedGates) = (nil, nil)
        return
      }
      roundedH = BFloat16Rows(
        lanes: lanes, roundedBlocks: timeSteps + 1, pairedBlocks: timeSteps + 1, columns: hiddenSize,
        allocator: &allocator)
      roundedGates = BFloat16Rows(
        lanes: lanes, roundedBlocks: 2, pairedBlocks: timeSteps, columns: gateColumns, allocator: &allocator)
    }
  }

  let lanes: Int
  let activations: Activations
  let kernels: Kernels

  /// - Parameters:
  ///   - groups: groups of 16 cells to compute.
  ///   - start: the table `[V, 4H]` with `ids` `[T, B]`, or the bias `[1, 4H]` with no ids.
  ///   - input: this step's rows `[T · B, X]` and weights `[X, 4H]`, for all layers but the first.
  ///   - recurrentWeights: `[H, 4H]`; both in bfloat16 where the activations are.
  func forward(
    step t: Int, lanes range: Range<Int>, groups: Range<Int>?, start: PanelView, ids: [Int32], input: ProductOperand?,
    recurrentWeights: PanelView, workspace: MutableFloatsView
  ) {
    let rows = workspace.readOnly[activations.roundedH?.rounded ?? activations.h]
    let recurrent = ProductOperand(rows: rows, row: t * lanes, weights: recurrentWeights)
    kernels.lstmStep(
      LSTMStep(
        lanes: range, groups: groups, start: start,
        startRows: ids.isEmpty ? [] : ids[t * lanes..<(t + 1) * lanes],
        operands: .floatingPoint(input: input, recurrent: recurrent),
        h: workspace[activations.h], hAfter: (t + 1) * lanes, c: workspace[activations.c], cBefore: t * lanes,
        cAfter: (t + 1) * lanes, gates: (workspace[activations.gates], t * lanes)))
  }

  /// The hidden state after block `block` - 1, where bfloat16 is what the products read.
  func roundHidden(block: Int, lanes range: Range<Int>, workspace: MutableFloatsView) {
    activations.roundedH?.fill(
      roundedBlock: block, pairedBlock: block, lanes: range, from: workspace.readOnly[activations.h],
      row: block * lanes, workspace: workspace, kernels: kernels)
  }

  /// - Parameters:
  ///   - panels: panels of 64 cells to compute.
  ///   - dh: `[T · B, H]`, gradient of the loss at this layer's output.
  ///   - dc: `[B, H]`, zero before the last step: gradients are cut at the end of the minibatch.
  func backward(
    step t: Int, of timeSteps: Int, lanes range: Range<Int>, panels: Range<Int>?, dh: PanelView, dc: MutablePanelView,
    recurrentTransposed: PanelView, workspace: MutableFloatsView
  ) {
    let rounded = activations.roundedGates?.rounded
    let next =
      t + 1 == timeSteps
      ? nil
      : ProductOperand(
        rows: workspace.readOnly[rounded ?? activations.gates], row: (rounded == nil ? t + 1 : (t + 1) % 2) * lanes,
        weights: recurrentTransposed)
    kernels.lstmBackwardStep(
      LSTMBackwardStep(
        lanes: range, panels: panels, dh: dh, dhRow: t * lanes, gates: workspace[activations.gates],
        gatesRow: t * lanes, next: next, c: workspace[activations.c].readOnly,
        cBefore: t * lanes, cAfter: (t + 1) * lanes, dc: dc))
  }

  /// The gates' gradients of a step, where bfloat16 is what the products read.
  func roundGates(step t: Int, lanes range: Range<Int>, workspace: MutableFloatsView) {
    activations.roundedGates?.fill(
      roundedBlock: t % 2, pairedBlock: t, lanes: range, from: workspace.readOnly[activations.gates], row: t * lanes,
      workspace: workspace, kernels: kernels)
  }
}

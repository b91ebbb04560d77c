import Tensors

/// One LSTM layer over the T steps of a minibatch, for a range of lanes: lanes never meet, so a core runs all T steps
/// forward and all T steps back on its own lanes without waiting for anyone.
///
/// With x `[B, X]` the input of a step and h, c `[B, H]` the state before it:
///
///     i = σ(x Wᵢ + h Uᵢ + bᵢ)     f = σ(x W_f + h U_f + b_f)     g = tanh(x W_g + h U_g + b_g)     o = σ(x Wₒ + h Uₒ + bₒ)
///     c' = f ⊙ c + i ⊙ g           h' = o ⊙ tanh(c')
///
/// The four products are one, `[B, X + H] · [X + H, 4H]`. `Kernels.lstmStep` and `Kernels.lstmBackwardStep` do the arithmetic
/// of a step; this type says what they read and write. The place to read first is `NaiveNetwork` in the tests: the same
/// equations in plain loops.
struct LSTMLayer {
  let rows: WorkspaceLayout.Layer
  let weights: DerivedWeights.Layer
  /// What it reads of the layer below, `[T · B, X]`; nil for the first layer, which looks its input products up.
  let input: ProductRows?
  let dh: StepRows
  let dc: PanelRegion
  let shape: MinibatchShape
  let kernels: Kernels

  init(_ index: Int, of layout: WorkspaceLayout, kernels: Kernels) {
    rows = layout.layers[index]
    weights = layout.derived.layers[index]
    input = index > 0 ? layout.outputs[index - 1] : nil
    dh = layout.dh
    dc = layout.dc
    shape = layout.shape
    self.kernels = kernels
  }

  /// From the state before step `t` to the gates and the state after it.
  ///
  /// - Parameters:
  ///   - range: lanes to compute.
  ///   - groups: groups of 16 cells to compute; nil for all.
  ///   - ids: `[T, B]`, what the first layer reads; no other layer looks at them.
  func forward(step t: Int, lanes range: Range<Int>, groups: Range<Int>?, ids: [Int32], memory: StepMemory) {
    let lanes = shape.lanes
    let recurrent = ProductOperand(
      rows: memory[rows.h.left.region], row: rows.h.left.row(ofStep: t - 1), weights: memory[weights.recurrent])
    var product: ProductOperand?
    if let input, let place = weights.input {
      product = ProductOperand(
        rows: memory[input.left.region], row: input.left.row(ofStep: t), weights: memory[place])
    }
    kernels.lstmStep(
      LSTMStep(
        lanes: range, groups: groups, start: memory[weights.start],
        startRows: input == nil ? ids[t * lanes..<(t + 1) * lanes] : [],
        operands: .floatingPoint(input: product, recurrent: recurrent),
        h: memory.workspace[rows.h.values.region], hAfter: rows.h.values.row(ofStep: t),
        c: memory.workspace[rows.c.region], cBefore: rows.c.row(ofStep: t - 1), cAfter: rows.c.row(ofStep: t),
        gates: (memory.workspace[rows.gates.values.region], rows.gates.values.row(ofStep: t))))
  }

  /// From dh `[T · B, H]` and dc `[B, H]` to the gradients of the gates' sums at step `t`, and to dc one step earlier. The
  /// gradients reach h of the step before through Uᵀ, when that step is computed.
  ///
  /// - Parameters:
  ///   - range: lanes to compute; their dc is zero before the last step, since gradients stop at the end of the minibatch.
  ///   - panels: panels of 64 cells to compute; nil for all.
  func backward(step t: Int, lanes range: Range<Int>, panels: Range<Int>?, memory: StepMemory) {
    let next =
      t + 1 == shape.timeSteps
      ? nil
      : ProductOperand(
        rows: memory[rows.gates.left.region], row: rows.gates.left.row(ofStep: t + 1),
        weights: memory[weights.recurrentTransposed])
    kernels.lstmBackwardStep(
      LSTMBackwardStep(
        lanes: range, panels: panels, dh: memory[dh.region], dhRow: dh.row(ofStep: t),
        gates: memory.workspace[rows.gates.values.region], gatesRow: rows.gates.values.row(ofStep: t), next: next,
        c: memory[rows.c.region], cBefore: rows.c.row(ofStep: t - 1), cAfter: rows.c.row(ofStep: t),
        dc: memory.workspace[dc]))
  }

  /// From the gradients of the gates' sums at step `t` to the gradient at the output of the layer below, dh = δ Wᵀ.
  func backwardToInput(step t: Int, lanes range: Range<Int>, panels: Range<Int>?, memory: StepMemory) {
    guard let transposed = weights.inputTransposed else { return }
    let gates = rows.gates.left
    kernels.product(
      into: memory.workspace[dh.region], row: dh.row(ofStep: t) + range.lowerBound, rows: range.count,
      ProductOperand(
        rows: memory[gates.region], row: gates.row(ofStep: t) + range.lowerBound, weights: memory[transposed]),
      panels: panels)
  }
}

/// The memory that a training step works on, borrowed.
struct StepMemory {
  let parameters: FloatsView
  let workspace: MutableFloatsView

  /// Reads a matrix of the workspace.
  subscript(region: PanelRegion) -> PanelView { workspace.readOnly[region] }

  /// Reads a matrix of weights.
  subscript(place: DerivedWeights.Place) -> PanelView {
    switch place {
    case .parameters(let region): parameters[region]
    case .workspace(let region): workspace.readOnly[region]
    }
  }
}

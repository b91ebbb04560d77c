import Tensors

/// One LSTM layer over the T steps of a minibatch, for a range of lanes.
///
/// The equations are for one lane. x `[X]` is the input of step t; h and c `[H]` are the hidden and the cell state:
///
///     i = σ(Wᵢ x + Uᵢ h₍ₜ₋₁₎ + bᵢ)             f = σ(W_f x + U_f h₍ₜ₋₁₎ + b_f)
///     g = tanh(W_g x + U_g h₍ₜ₋₁₎ + b_g)       o = σ(Wₒ x + Uₒ h₍ₜ₋₁₎ + bₒ)
///     cₜ = f ⊙ c₍ₜ₋₁₎ + i ⊙ g                  hₜ = o ⊙ tanh(cₜ)
///
/// In memory each lane is a row, and W and U are stored transposed, as `[X, 4H]` and `[H, 4H]`. So the products of
/// all lanes and gates are one: `[B, X + H] · [X + H, 4H]`.
///
/// Lanes never meet here. So a thread can run all T steps forward and all T steps back on its own lanes, without
/// waiting for others.
///
/// `Kernels.lstmStep` and `Kernels.lstmBackwardStep` do the arithmetic of a step. This type tells them which rows to
/// read and write. Read `NaiveNetwork` in the tests first: it has the equations of the forward pass in plain loops.
struct LSTMLayer {
  let rows: WorkspaceLayout.Layer
  let weights: DerivedWeights.Layer
  /// The output of the layer below, `[T · B, H]`; nil for the first layer, which looks up its input products in a
  /// table.
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

  /// Computes the gates of step `t` and the state after the step, from the state before it.
  ///
  /// - Parameters:
  ///   - range: The lanes to compute.
  ///   - groups: The groups of 16 cells to compute; nil for all.
  ///   - ids: The ids that the first layer reads, `[T, B]`. The other layers ignore them.
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

  /// Computes the gradients of the pre-activations at step `t` and dc of the step before. The gradient reaches h of the
  /// step before through Uᵀ, in that step's own call.
  ///
  /// It reads dh `[T · B, H]`, and updates dc `[B, H]` in place.
  ///
  /// - Parameters:
  ///   - range: The lanes to compute. Before the call for the last step their dc must be zero, because gradients stop
  ///     at the end of the minibatch.
  ///   - panels: The panels of 64 cells to compute; nil for all.
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

  /// Computes the gradient at the output of the layer below at step `t`, dh = Wᵀ δ, from the gradients δ of the
  /// pre-activations.
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

  /// A matrix of the workspace, for reading.
  subscript(region: PanelRegion) -> PanelView { workspace.readOnly[region] }

  /// A matrix of weights, for reading.
  subscript(place: DerivedWeights.Place) -> PanelView {
    switch place {
    case .parameters(let region): parameters[region]
    case .workspace(let region): workspace.readOnly[region]
    }
  }
}

/// The operands of the products W x and U h: the layer's input x, and the hidden state h before the step.
///
/// W is stored as `[X, 4H]` and U as `[H, 4H]`. The input is nil if the start rows already contain W x.
public enum LSTMOperands {
  /// Operands in float32 or bfloat16. Input and recurrent operands have the same precision.
  case floatingPoint(input: ProductOperand?, recurrent: ProductOperand)
  /// Activations of 15 bits and weights of 8 bits (`quantizeRows`, `quantizeWeights`).
  case int8(input: QuantizedOperand?, recurrent: QuantizedOperand)
}

/// One time step of one LSTM layer with H cells, for a range of lanes. `Gates` has the layout of the gates.
public struct LSTMStep {
  /// The lanes to compute, within 0 ..< B.
  public var lanes: Range<Int>
  /// The groups of 16 cells to compute; nil for all. No group reads what another one writes in the same step.
  public var groups: Range<Int>?
  /// The rows that the pre-activations start from, `[S, 4H]`: a table of input products, or one row of biases.
  public var start: PanelView
  /// The row of `start` for each lane, `[B]`. If it is empty, every lane starts from row 0.
  public var startRows: ArraySlice<Int32>
  /// The operands of the products in the pre-activations.
  public var operands: LSTMOperands
  /// The hidden state after the step, `[.., H]`.
  public var h: MutablePanelView
  /// The row of `h` for lane 0.
  public var hAfter: Int
  /// The cell state, `[.., H]`. A step may overwrite the rows that it reads.
  public var c: MutablePanelView
  /// The row of `c` for lane 0 before the step.
  public var cBefore: Int
  /// The row of `c` for lane 0 after the step.
  public var cAfter: Int
  /// The matrix `[.., 4H]` that saves the activated gates for the backward step, and the row of lane 0; nil if they
  /// are not saved.
  public var gates: (values: MutablePanelView, row: Int)?

  /// Makes a step from its operands and results. `Kernels.lstmStep` checks that the shapes agree.
  public init(
    lanes: Range<Int>, groups: Range<Int>? = nil, start: PanelView, startRows: ArraySlice<Int32>,
    operands: LSTMOperands, h: MutablePanelView, hAfter: Int, c: MutablePanelView, cBefore: Int, cAfter: Int,
    gates: (values: MutablePanelView, row: Int)?
  ) {
    self.lanes = lanes
    self.groups = groups
    self.start = start
    self.startRows = startRows
    self.operands = operands
    self.h = h
    self.hAfter = hAfter
    self.c = c
    self.cBefore = cBefore
    self.cAfter = cAfter
    self.gates = gates
  }
}

/// The same step backward. It overwrites the saved gates with the gradients of the pre-activations.
public struct LSTMBackwardStep {
  /// The lanes to compute, within 0 ..< B.
  public var lanes: Range<Int>
  /// The panels of 64 cells to compute; nil for all.
  public var panels: Range<Int>?
  /// The gradient of the loss at the layer's output, `[.., H]`.
  public var dh: PanelView
  /// The row of `dh` for lane 0.
  public var dhRow: Int
  /// The gates that the forward step saved, `[.., 4H]`. They become the gradients of their sums.
  public var gates: MutablePanelView
  /// The row of `gates` for lane 0.
  public var gatesRow: Int
  /// The operands of the product Uᵀ δ, in float32 or bfloat16; nil at the last step. δ `[.., 4H]` has the gradients
  /// of the next step's sums, and Uᵀ is stored as `[4H, H]`.
  public var next: ProductOperand?
  /// The cell state before and after the step, `[.., H]`.
  public var c: PanelView
  /// The row of `c` for lane 0 before the step.
  public var cBefore: Int
  /// The row of `c` for lane 0 after the step.
  public var cAfter: Int
  /// The gradient of the cell state, `[B, H]`, which is carried from step to step.
  public var dc: MutablePanelView

  /// Makes a step from its operands and results. `Kernels.lstmBackwardStep` checks that the shapes agree.
  public init(
    lanes: Range<Int>, panels: Range<Int>? = nil, dh: PanelView, dhRow: Int, gates: MutablePanelView, gatesRow: Int,
    next: ProductOperand?, c: PanelView, cBefore: Int, cAfter: Int, dc: MutablePanelView
  ) {
    self.lanes = lanes
    self.panels = panels
    self.dh = dh
    self.dhRow = dhRow
    self.gates = gates
    self.gatesRow = gatesRow
    self.next = next
    self.c = c
    self.cBefore = cBefore
    self.cAfter = cAfter
    self.dc = dc
  }
}

/// What a step multiplies: the layer's input with W `[X, 4H]`, and the hidden state before the step with U `[H, 4H]`.
/// The input is nil if the start rows already contain its product.
public enum LSTMOperands {
  /// In float32 or bfloat16, as the operands are; both have the same precision.
  case floatingPoint(input: ProductOperand?, recurrent: ProductOperand)
  /// Activations of 15 bits and weights of 8 (`quantizeRows`, `quantizeWeights`).
  case int8(input: QuantizedOperand?, recurrent: QuantizedOperand)
}

/// One time step of one LSTM layer with H cells, for a range of lanes. `Gates` says where the gates lie.
public struct LSTMStep {
  /// Lanes to compute, within 0 ..< B.
  public var lanes: Range<Int>
  /// Groups of 16 cells to compute; nil for all. No group reads what another one writes in the same step.
  public var groups: Range<Int>?
  /// `[S, 4H]`: the rows that the gates' sums start from, a table of input products or one row of biases.
  public var start: PanelView
  /// `[B]`: the row of `start` for each lane; if empty, every lane starts from row 0.
  public var startRows: ArraySlice<Int32>
  /// What is multiplied to make the gates' sums.
  public var operands: LSTMOperands
  /// Hidden state after the step, `[.., H]`.
  public var h: MutablePanelView
  /// Row of `h` for lane 0.
  public var hAfter: Int
  /// Cell state `[.., H]`; a step may overwrite the rows it reads.
  public var c: MutablePanelView
  /// Row of `c` for lane 0 before the step.
  public var cBefore: Int
  /// Row of `c` for lane 0 after the step.
  public var cAfter: Int
  /// Where the activated gates `[.., 4H]` are saved for the backward step, and the row of lane 0.
  public var gates: (values: MutablePanelView, row: Int)?

  /// A step with everything that it reads and writes; `Kernels.lstmStep` checks that the shapes agree.
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

/// The same step backward. The gates that the forward step saved become the gradients of the gates' sums, in place.
public struct LSTMBackwardStep {
  /// Lanes to compute, within 0 ..< B.
  public var lanes: Range<Int>
  /// Panels of 64 cells to compute; nil for all.
  public var panels: Range<Int>?
  /// Gradient of the loss at the layer's output, `[.., H]`.
  public var dh: PanelView
  /// Row of `dh` for lane 0.
  public var dhRow: Int
  /// `[.., 4H]`: the gates that the forward step saved, which become the gradients of their sums.
  public var gates: MutablePanelView
  /// Row of `gates` for lane 0.
  public var gatesRow: Int
  /// The gradients of the next step's sums `[.., 4H]` and Uᵀ `[4H, H]`, in float32 or bfloat16; nil at the last step.
  public var next: ProductOperand?
  /// Cell state `[.., H]` before and after the step.
  public var c: PanelView
  /// Row of `c` for lane 0 before the step.
  public var cBefore: Int
  /// Row of `c` for lane 0 after the step.
  public var cAfter: Int
  /// `[B, H]`: the gradient of the cell state, carried from step to step.
  public var dc: MutablePanelView

  /// A step with everything that it reads and writes; `Kernels.lstmBackwardStep` checks that the shapes agree.
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

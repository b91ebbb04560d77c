/// Rows and the weights they are multiplied with.
public struct ProductOperand {
  /// `[.., K]`, the left operand.
  public let rows: PanelView
  /// Row of `rows` for lane 0; lane b reads row `row` + b.
  public let row: Int
  /// `[K, 4H]`.
  public let weights: PanelView

  /// Rows of one block and weights of the same or another one.
  /// - Precondition: `rows` has as many columns, padding included, as `weights` has rows.
  public init(rows: PanelView, row: Int, weights: PanelView) {
    precondition(rows.paddedColumns == weights.rows, "\(rows.shape) times \(weights.shape)")
    self.rows = rows
    self.row = row
    self.weights = weights
  }
}

/// What a step multiplies: the layer's input, nil where the start rows hold all there is of it, and the hidden state before.
public enum LSTMOperands {
  /// All in float32, as it was trained.
  case float32(input: ProductOperand?, recurrent: ProductOperand)
  /// Rounded rows, weights in pairs of rows (`roundRows`, `pairRows`).
  case bfloat16(input: ProductOperand?, recurrent: ProductOperand)
  /// Activations of 15 bits and weights of 8 (`quantizeRows`, `quantizeWeights`).
  case int8(input: QuantizedOperand?, recurrent: QuantizedOperand)
}

/// One time step of one LSTM layer, for a range of lanes; H cells, gates in panels of i, f, g, o for 16 cells each.
public struct LSTMStep {
  /// Lanes to compute: some of 0 ..< B.
  public var lanes: Range<Int>
  /// Groups of 16 cells to compute; nil for all. What one group computes no other reads before the next step.
  public var groups: Range<Int>?
  /// `[S, 4H]`: rows that the gates' sums start from, a table of input products or one row of biases.
  public var start: PanelView
  /// `[B]`: the row of `start` for each lane; an empty array stands for row 0 everywhere.
  public var startRows: ArraySlice<Int32>
  /// What is multiplied to make the gates' sums.
  public var operands: LSTMOperands
  /// Hidden state after the step, `[.., H]`.
  public var h: MutablePanelView
  /// Row of `h` for lane 0.
  public var hAfter: Int
  /// Cell state `[.., H]`; its rows may be the same before and after.
  public var c: MutablePanelView
  /// Row of `c` for lane 0 before the step.
  public var cBefore: Int
  /// Row of `c` for lane 0 after the step.
  public var cAfter: Int
  /// Where the activated gates `[.., 4H]` are kept for the backward step, and the row of lane 0.
  public var gates: (values: MutablePanelView, row: Int)?

  /// A step with all that it reads and writes; `Kernels.lstmStep` checks that the shapes agree.
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

/// The same step backwards: the gates saved by the forward step become the gradients of the gates' sums, in place.
public struct LSTMBackwardStep {
  /// Lanes to compute: some of 0 ..< B.
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
  /// Gradients of the following step's sums and transposed weights, `[.., 4H]` and `[4H, H]`; nil at the last step.
  public var next: ProductOperand?
  /// `next` holds rounded rows, and weights in pairs of rows.
  public var pairs: Bool
  /// Cell state `[.., H]` before and after the step.
  public var c: PanelView
  /// Row of `c` for lane 0 before the step.
  public var cBefore: Int
  /// Row of `c` for lane 0 after the step.
  public var cAfter: Int
  /// `[B, H]`: the gradient of the cell state, carried from step to step.
  public var dc: MutablePanelView

  /// A step with all that it reads and writes; `Kernels.lstmBackwardStep` checks that the shapes agree.
  public init(
    lanes: Range<Int>, panels: Range<Int>? = nil, dh: PanelView, dhRow: Int, gates: MutablePanelView, gatesRow: Int,
    next: ProductOperand?, pairs: Bool = false, c: PanelView, cBefore: Int, cAfter: Int, dc: MutablePanelView
  ) {
    self.lanes = lanes
    self.panels = panels
    self.dh = dh
    self.dhRow = dhRow
    self.gates = gates
    self.gatesRow = gatesRow
    self.next = next
    self.pairs = pairs
    self.c = c
    self.cBefore = cBefore
    self.cAfter = cAfter
    self.dc = dc
  }
}

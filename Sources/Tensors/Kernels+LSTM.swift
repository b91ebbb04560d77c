import CKernels

/// One time step of one LSTM layer, for a range of lanes; H cells, gates in panels of i, f, g, o for 16 cells each.
public struct LSTMStep {
  public var lanes: Range<Int>
  /// `[S, 4H]`: rows that the gates' sums start from, a table of input products or one row of biases.
  public var start: PanelView
  /// `[B]`: the row of `start` for each lane; an empty array stands for row 0 everywhere.
  public var startRows: ArraySlice<Int32>
  /// Input `[.., X]`, row of lane 0, and weights `[X, 4H]`; nil where `start` holds all there is of the input.
  public var input: (x: PanelView, row: Int, weights: PanelView)?
  /// `[H, 4H]`.
  public var recurrentWeights: PanelView
  /// Hidden state `[.., H]`, with the rows of lane 0 before and after the step.
  public var h: MutablePanelView
  public var hBefore: Int
  public var hAfter: Int
  /// Cell state `[.., H]`; its rows may be the same before and after.
  public var c: MutablePanelView
  public var cBefore: Int
  public var cAfter: Int
  /// Where the activated gates `[.., 4H]` are kept for the backward step, and the row of lane 0.
  public var gates: (values: MutablePanelView, row: Int)?

  public init(
    lanes: Range<Int>, start: PanelView, startRows: ArraySlice<Int32>,
    input: (x: PanelView, row: Int, weights: PanelView)?,
    recurrentWeights: PanelView, h: MutablePanelView, hBefore: Int, hAfter: Int, c: MutablePanelView, cBefore: Int,
    cAfter: Int, gates: (values: MutablePanelView, row: Int)?
  ) {
    self.lanes = lanes
    self.start = start
    self.startRows = startRows
    self.input = input
    self.recurrentWeights = recurrentWeights
    self.h = h
    self.hBefore = hBefore
    self.hAfter = hAfter
    self.c = c
    self.cBefore = cBefore
    self.cAfter = cAfter
    self.gates = gates
  }
}

/// The same step backwards: the gates saved by the forward step become the gradients of the gates' sums, in place.
public struct LSTMBackwardStep {
  public var lanes: Range<Int>
  /// Gradient of the loss at the layer's output `[.., H]`, and the row of lane 0.
  public var dh: PanelView
  public var dhRow: Int
  /// `[.., 4H]`, row of lane 0, and the row of lane 0 of the following step's gradients, nil at the last step.
  public var gates: MutablePanelView
  public var gatesRow: Int
  public var nextGatesRow: Int?
  /// `[4H, H]`.
  public var recurrentTransposed: PanelView
  /// Cell state `[.., H]` before and after the step.
  public var c: PanelView
  public var cBefore: Int
  public var cAfter: Int
  /// `[B, H]`: the gradient of the cell state, carried from step to step.
  public var dc: MutablePanelView

  public init(
    lanes: Range<Int>, dh: PanelView, dhRow: Int, gates: MutablePanelView, gatesRow: Int, nextGatesRow: Int?,
    recurrentTransposed: PanelView, c: PanelView, cBefore: Int, cAfter: Int, dc: MutablePanelView
  ) {
    self.lanes = lanes
    self.dh = dh
    self.dhRow = dhRow
    self.gates = gates
    self.gatesRow = gatesRow
    self.nextGatesRow = nextGatesRow
    self.recurrentTransposed = recurrentTransposed
    self.c = c
    self.cBefore = cBefore
    self.cAfter = cAfter
    self.dc = dc
  }
}

extension Kernels {
  /// i, f, o = σ(W x + U h + b), g = tanh(W x + U h + b), c' = f c + i g, h' = o tanh(c')
  /// (Gers, Schmidhuber & Cummins 2000, without peepholes).
  ///
  /// - Complexity: 2 · lanes · 4H · (X + H) floating-point operations.
  public func lstmStep(_ step: LSTMStep) {
    let cells = step.h.paddedColumns
    precondition(
      step.recurrentWeights.rows == cells && step.recurrentWeights.paddedColumns == 4 * cells
        && step.start.paddedColumns == 4 * cells && step.c.paddedColumns == cells,
      "h \(step.h.shape), c \(step.c.shape), U \(step.recurrentWeights.shape), start \(step.start.shape)")
    precondition(
      step.lanes.upperBound + max(step.hBefore, step.hAfter) <= step.h.rows
        && step.lanes.upperBound + max(step.cBefore, step.cAfter) <= step.c.rows
        && (step.startRows.isEmpty || step.startRows.count >= step.lanes.upperBound),
      "lanes \(step.lanes) of h \(step.h.shape), c \(step.c.shape)")
    var arguments = bard_lstm_step()
    arguments.first_lane = Int64(step.lanes.lowerBound)
    arguments.lane_count = Int64(step.lanes.count)
    arguments.start = step.start.panels
    if let input = step.input {
      precondition(
        input.x.paddedColumns == input.weights.rows && input.weights.paddedColumns == 4 * cells
          && input.row + step.lanes.upperBound <= input.x.rows, "x \(input.x.shape), W \(input.weights.shape)")
      arguments.x = input.x.panels
      arguments.x_row = Int64(input.row)
      arguments.input_weights = input.weights.panels
    }
    arguments.recurrent_weights = step.recurrentWeights.panels
    arguments.h = step.h.panels
    arguments.h_before = Int64(step.hBefore)
    arguments.h_after = Int64(step.hAfter)
    arguments.c = step.c.panels
    arguments.c_before = Int64(step.cBefore)
    arguments.c_after = Int64(step.cAfter)
    if let gates = step.gates {
      precondition(
        gates.values.paddedColumns == 4 * cells && gates.row + step.lanes.upperBound <= gates.values.rows,
        "gates \(gates.values.shape)")
      arguments.gates = gates.values.panels
      arguments.gates_row = Int64(gates.row)
    }
    if step.startRows.isEmpty {
      table.lstm_step(&arguments)
    } else {
      step.startRows.withUnsafeBufferPointer { rows in
        for lane in step.lanes {
          precondition(rows[lane] >= 0 && rows[lane] < step.start.rows, "row \(rows[lane]) of \(step.start.shape)")
        }
        arguments.start_rows = rows.baseAddress
        table.lstm_step(&arguments)
      }
    }
  }

  /// - Complexity: 2 · lanes · 4H · H floating-point operations, none of them where there is no following step.
  public func lstmBackwardStep(_ step: LSTMBackwardStep) {
    let cells = step.dh.paddedColumns
    precondition(
      step.gates.paddedColumns == 4 * cells && step.recurrentTransposed.rows == 4 * cells
        && step.recurrentTransposed.paddedColumns == cells && step.c.paddedColumns == cells
        && step.dc.paddedColumns == cells,
      "dh \(step.dh.shape), gates \(step.gates.shape), transposed U \(step.recurrentTransposed.shape)")
    precondition(
      step.lanes.upperBound + step.dhRow <= step.dh.rows
        && step.lanes.upperBound + max(step.gatesRow, step.nextGatesRow ?? 0) <= step.gates.rows
        && step.lanes.upperBound + max(step.cBefore, step.cAfter) <= step.c.rows
        && step.lanes.upperBound <= step.dc.rows,
      "lanes \(step.lanes) of gates \(step.gates.shape), c \(step.c.shape)")
    var arguments = bard_lstm_step_back()
    arguments.first_lane = Int64(step.lanes.lowerBound)
    arguments.lane_count = Int64(step.lanes.count)
    arguments.dh = step.dh.panels
    arguments.dh_row = Int64(step.dhRow)
    arguments.gates = step.gates.panels
    arguments.gates_row = Int64(step.gatesRow)
    arguments.gates_row_next = Int64(step.nextGatesRow ?? -1)
    arguments.recurrent_transposed = step.recurrentTransposed.panels
    arguments.c = step.c.panels
    arguments.c_before = Int64(step.cBefore)
    arguments.c_after = Int64(step.cAfter)
    arguments.dc = step.dc.panels
    table.lstm_step_back(&arguments)
  }
}

import CKernels

extension Kernels {
  /// Computes one step of the LSTM (Hochreiter & Schmidhuber 1997, with the forget gate of Gers, Schmidhuber &
  /// Cummins 2000):
  ///
  ///     i, f, o = σ(W x + U h + b)     g = tanh(W x + U h + b)     c' = f ⊙ c + i ⊙ g     h' = o ⊙ tanh(c')
  ///
  /// Each gate has its own W, U and b. The weights are stored transposed, W as `[X, 4H]` and U as `[H, 4H]`.
  ///
  /// - Complexity: 2 · lanes · 4H · (X + H) floating-point operations.
  public func lstmStep(_ step: LSTMStep) {
    let cells = step.h.paddedColumns
    let groups = step.groups ?? 0..<cells / PanelRegion.columnGroup
    precondition(
      step.start.paddedColumns == Gates.columns(cells: cells) && step.c.paddedColumns == cells
        && groups.lowerBound >= 0 && groups.upperBound <= cells / PanelRegion.columnGroup,
      "h \(step.h.shape), c \(step.c.shape), start \(step.start.shape), groups \(groups)")
    precondition(
      step.lanes.lowerBound >= 0 && step.h.region.has(rows: step.lanes.upperBound, from: step.hAfter)
        && step.c.region.has(rows: step.lanes.upperBound, from: step.cBefore)
        && step.c.region.has(rows: step.lanes.upperBound, from: step.cAfter)
        && (step.startRows.isEmpty || step.startRows.count >= step.lanes.upperBound),
      "lanes \(step.lanes) of h \(step.h.shape), c \(step.c.shape)")
    var arguments = bard_lstm_step()
    arguments.first_lane = Int64(step.lanes.lowerBound)
    arguments.lane_count = Int64(step.lanes.count)
    arguments.first_group = Int64(groups.lowerBound)
    arguments.last_group = Int64(groups.upperBound)
    arguments.start = step.start.panels
    arguments.h = step.h.panels
    arguments.h_after = Int64(step.hAfter)
    arguments.c = step.c.panels
    arguments.c_before = Int64(step.cBefore)
    arguments.c_after = Int64(step.cAfter)
    if let gates = step.gates {
      precondition(
        gates.values.paddedColumns == Gates.columns(cells: cells)
          && gates.values.region.has(rows: step.lanes.upperBound, from: gates.row),
        "gates \(gates.values.shape)")
      arguments.gates = gates.values.panels
      arguments.gates_row = Int64(gates.row)
    }
    let kernel: (@convention(c) (UnsafePointer<bard_lstm_step>?) -> Void)?
    switch step.operands {
    case .floatingPoint(let input, let recurrent):
      arguments.set(input: input, recurrent: recurrent, step: step)
      kernel = recurrent.precision == .bfloat16 ? table.lstm_step_bfloat16 : table.lstm_step
    case .int8(let input, let recurrent):
      arguments.set(input: input, recurrent: recurrent, step: step)
      kernel = table.lstm_step_int8
    }
    if step.startRows.isEmpty {
      kernel?(&arguments)
    } else {
      step.startRows.withUnsafeBufferPointer { rows in
        for lane in step.lanes {
          precondition(rows[lane] >= 0 && rows[lane] < step.start.rows, "row \(rows[lane]) of \(step.start.shape)")
        }
        arguments.start_rows = rows.baseAddress
        kernel?(&arguments)
      }
    }
  }

  /// Computes the same step backward. From dh' and dc' it computes the gradients of the pre-activations, and dc of the
  /// previous step.
  ///
  /// dh' is the gradient at the layer's output. di, df, dg and do are the gradients of the sums W x + U h + b of
  /// each gate.
  ///
  ///     dh' += Uᵀ (di, df, dg, do) of the next step
  ///     dc' += dh' ⊙ o ⊙ (1 - tanh²(c'))
  ///     di = dc' ⊙ g ⊙ i ⊙ (1 - i)     df = dc' ⊙ c ⊙ f ⊙ (1 - f)
  ///     dg = dc' ⊙ i ⊙ (1 - g²)        do = dh' ⊙ tanh(c') ⊙ o ⊙ (1 - o)
  ///     dc = dc' ⊙ f
  ///
  /// - Complexity: 2 · lanes · 4H · H floating-point operations if there is a next step.
  public func lstmBackwardStep(_ step: LSTMBackwardStep) {
    let cells = step.dh.paddedColumns
    let panels = step.panels ?? 0..<step.dh.region.panelCount
    precondition(
      step.gates.paddedColumns == Gates.columns(cells: cells) && step.c.paddedColumns == cells
        && step.dc.paddedColumns == cells
        && step.dh.region.has(panels: panels),
      "dh \(step.dh.shape), gates \(step.gates.shape), c \(step.c.shape)")
    precondition(
      step.lanes.lowerBound >= 0 && step.dh.region.has(rows: step.lanes.upperBound, from: step.dhRow)
        && step.gates.region.has(rows: step.lanes.upperBound, from: step.gatesRow)
        && step.c.region.has(rows: step.lanes.upperBound, from: step.cBefore)
        && step.c.region.has(rows: step.lanes.upperBound, from: step.cAfter)
        && step.lanes.upperBound <= step.dc.rows,
      "lanes \(step.lanes) of gates \(step.gates.shape), c \(step.c.shape)")
    var arguments = bard_lstm_backward_step()
    arguments.first_lane = Int64(step.lanes.lowerBound)
    arguments.lane_count = Int64(step.lanes.count)
    arguments.first_panel = Int64(panels.lowerBound)
    arguments.last_panel = Int64(panels.upperBound)
    arguments.dh = step.dh.panels
    arguments.dh_row = Int64(step.dhRow)
    arguments.gates = step.gates.panels
    arguments.gates_row = Int64(step.gatesRow)
    arguments.next_row = -1
    if let next = step.next {
      precondition(
        next.weights.paddedColumns == cells && next.rows.region.has(rows: step.lanes.upperBound, from: next.row)
          && next.weights.rows == Self.weightRows(Gates.columns(cells: cells), next.precision),
        "next \(next.rows.shape), transposed U \(next.weights.shape)")
      arguments.next = next.rows.panels
      arguments.next_row = Int64(next.row)
      arguments.recurrent_transposed = next.weights.panels
    }
    arguments.c = step.c.panels
    arguments.c_before = Int64(step.cBefore)
    arguments.c_after = Int64(step.cAfter)
    arguments.dc = step.dc.panels
    switch step.next?.precision ?? .float32 {
    case .float32: table.lstm_backward_step(&arguments)
    case .bfloat16: table.lstm_backward_step_bfloat16(&arguments)
    }
  }
}

extension bard_lstm_step {
  fileprivate mutating func set(input: ProductOperand?, recurrent: ProductOperand, step: LSTMStep) {
    let gates = step.start.paddedColumns
    if let input {
      precondition(
        input.weights.paddedColumns == gates && input.rows.region.has(rows: step.lanes.upperBound, from: input.row)
          && input.precision == recurrent.precision,
        "x \(input.rows.shape), W \(input.weights.shape) in \(input.precision), U in \(recurrent.precision)")
      x = input.rows.panels
      x_row = Int64(input.row)
      input_weights = input.weights.panels
    }
    precondition(
      recurrent.weights.paddedColumns == gates
        && recurrent.rows.region.has(rows: step.lanes.upperBound, from: recurrent.row),
      "h \(recurrent.rows.shape), U \(recurrent.weights.shape)")
    h_operand = recurrent.rows.panels
    h_before = Int64(recurrent.row)
    recurrent_weights = recurrent.weights.panels
  }

  fileprivate mutating func set(input: QuantizedOperand?, recurrent: QuantizedOperand, step: LSTMStep) {
    func arguments(_ operand: QuantizedOperand) -> bard_quantized_operand {
      precondition(
        operand.weights.paddedColumns == step.start.paddedColumns
          && operand.words.region.has(rows: step.lanes.upperBound, from: operand.row),
        "activations \(operand.words.shape), weights \(operand.weights.shape)")
      return operand.arguments
    }
    if let input { quantized_input = arguments(input) }
    quantized_recurrent = arguments(recurrent)
  }
}

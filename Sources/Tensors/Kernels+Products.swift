import CKernels

/// The operands of a product a · b: some rows of a, and all of b.
///
/// The operands determine the precision of the product. It is float32 if both regions have the format `float32`. It
/// is bfloat16 if `rows` has the format `bfloat16Rows` and `weights` has `bfloat16Pairs`.
public struct ProductOperand {
  /// The left operand a, `[.., K]`.
  public let rows: PanelView
  /// The first row of `rows` that is read. In a step of an LSTM it belongs to lane 0.
  public let row: Int
  /// The right operand b, `[K, N]`.
  public let weights: PanelView
  /// The precision of the product.
  public let precision: Precision

  /// Makes operands from the rows of one block and the weights of the same or another block.
  /// - Precondition: `rows` has as many columns, including padding, as `weights` has rows. Both have the same
  ///   precision.
  public init(rows: PanelView, row: Int, weights: PanelView) {
    precondition(rows.paddedColumns == weights.rows, "\(rows.shape) times \(weights.shape)")
    precondition(row >= 0, "row \(row) of \(rows.shape)")
    switch (rows.region.format, weights.region.format) {
    case (.float32, .float32): precision = .float32
    case (.bfloat16Rows, .bfloat16Pairs): precision = .bfloat16
    case (let left, let right): preconditionFailure("\(left) times \(right)")
    }
    self.rows = rows
    self.row = row
    self.weights = weights
  }
}

/// The operands of a product over rows aᵀ · b, such as a weight gradient: the same number of rows of a and of b.
///
/// Both regions have the format `float32`, or both have `bfloat16Pairs`.
public struct TransposedProductOperands {
  /// The left operand a, `[.., K]`.
  public let left: PanelView
  /// The first row of `left` that is read.
  public let leftRow: Int
  /// The right operand b, `[.., N]`.
  public let right: PanelView
  /// The first row of `right` that is read.
  public let rightRow: Int
  /// The number of rows that are summed over. In bfloat16 each row holds a pair.
  public let rows: Int
  /// The precision of the product.
  public let precision: Precision

  /// Makes operands from `rows` rows of one block and as many of the same or another block.
  /// - Precondition: Both have these rows. Both have the same format.
  public init(left: PanelView, leftRow: Int, right: PanelView, rightRow: Int, rows: Int) {
    precondition(
      min(leftRow, rightRow, rows) >= 0 && leftRow + rows <= left.rows && rightRow + rows <= right.rows,
      "\(rows) rows of \(left.shape) from \(leftRow) on and of \(right.shape) from \(rightRow) on")
    switch (left.region.format, right.region.format) {
    case (.float32, .float32): precision = .float32
    case (.bfloat16Pairs, .bfloat16Pairs): precision = .bfloat16
    case (let left, let right): preconditionFailure("\(left), transposed, times \(right)")
    }
    self.left = left
    self.leftRow = leftRow
    self.right = right
    self.rightRow = rightRow
    self.rows = rows
  }
}

extension Kernels {
  /// Computes `c[row + r] = start + a[operand.row + r] · b` for `rows` rows.
  ///
  /// - Parameters:
  ///   - c: The result, `[.., N]`.
  ///   - row: The first row of `c` that is written.
  ///   - rows: The number of rows to compute.
  ///   - operand: The operands a `[.., K]` and b `[K, N]`.
  ///   - panels: The panels of columns of b and `c` to compute; nil for all.
  ///   - start: A row `[1, N]` that the sums start from, such as a bias; nil for zeros.
  /// - Complexity: 2 · rows · K · N floating-point operations.
  public func product(
    into c: MutablePanelView, row: Int, rows: Int, _ operand: ProductOperand, panels: Range<Int>? = nil,
    start: PanelView? = nil
  ) {
    let (a, b) = (operand.rows, operand.weights)
    let panels = panels ?? 0..<b.region.panelCount
    precondition(
      b.paddedColumns == c.paddedColumns && c.region.format == .float32,
      "\(a.shape) times \(b.shape) into \(c.shape)")
    precondition(
      c.region.has(rows: rows, from: row) && a.region.has(rows: rows, from: operand.row),
      "\(rows) rows from \(operand.row) of \(a.shape) into \(c.shape) from \(row)")
    precondition(start.map { $0.rows == 1 && $0.paddedColumns == b.paddedColumns } ?? true, "start and \(b.shape)")
    precondition(b.region.has(panels: panels), "panels \(panels) of \(b.shape)")
    var arguments = bard_product(
      c: c.panels, c_row: Int64(row), a: a.panels, a_row: Int64(operand.row), rows: Int64(rows), b: b.panels,
      start: start?.base, first_panel: Int64(panels.lowerBound), last_panel: Int64(panels.upperBound))
    switch operand.precision {
    case .float32: table.product(&arguments)
    case .bfloat16: table.product_bfloat16(&arguments)
    }
  }

  /// Computes a block of aᵀ · b, such as a block of a weight gradient:
  ///
  ///     c[k, panel] = Σ a[leftRow + r][k] · b[rightRow + r][panel]
  ///
  /// The sum is over the operands' rows r. k is every column in the panels `leftPanels` of a.
  ///
  /// - Parameters:
  ///   - c: The result, `[K, N]`. It may lack the rows that belong to the padding of a.
  ///   - operands: The operands a `[.., K]` and b `[.., N]`.
  ///   - leftPanels: The panels of columns of a. They are the rows of `c` that are written.
  ///   - panel: The panel of columns of b and `c`.
  /// - Complexity: 2 · rows · K · 64 floating-point operations for all panels of a.
  public func productOfTransposed(
    into c: MutablePanelView, _ operands: TransposedProductOperands, leftPanels: Range<Int>, panel: Int
  ) {
    let (a, b) = (operands.left, operands.right)
    precondition(
      c.paddedColumns == b.paddedColumns && c.rows >= a.columns && c.rows <= a.paddedColumns
        && c.region.format == .float32, "transposed \(a.shape) times \(b.shape) into \(c.shape)")
    precondition(
      b.region.has(panel: panel) && a.region.has(panels: leftPanels),
      "panels \(leftPanels) of \(a.shape), panel \(panel) of \(b.shape)")
    var arguments = bard_transposed_product(
      c: c.panels, a: a.panels, a_row: Int64(operands.leftRow), b: b.panels, b_row: Int64(operands.rightRow),
      rows: Int64(operands.rows), panel: Int64(panel), first_a_panel: Int64(leftPanels.lowerBound),
      last_a_panel: Int64(leftPanels.upperBound))
    switch operands.precision {
    case .float32: table.product_of_transposed(&arguments)
    case .bfloat16: table.product_of_transposed_bfloat16(&arguments)
    }
  }

  /// Transposes: `to[c][r] = from[r][c]` for one panel of columns of `to`. Rows that `from` lacks count as zeros.
  public func transpose(into to: MutablePanelView, _ from: PanelView, panel: Int) {
    precondition(
      to.rows == from.paddedColumns && to.paddedColumns >= from.rows && to.region.has(panel: panel),
      "\(from.shape) transposed into \(to.shape)")
    table.transpose(to.panels, from.panels, Int64(panel))
  }
}

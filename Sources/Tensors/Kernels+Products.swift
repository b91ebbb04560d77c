import CKernels

/// The operands of a product a · b: some rows of a, and all of b.
///
/// The operands know their precision. For bfloat16 the region of `rows` has the format `bfloat16Rows` and that of
/// `weights` `bfloat16Pairs`; the product is then computed in bfloat16, and the caller says nothing more about it.
public struct ProductOperand {
  /// a, `[.., K]`.
  public let rows: PanelView
  /// The first row of `rows` that is read. In a step of an LSTM it belongs to lane 0.
  public let row: Int
  /// b, `[K, N]`.
  public let weights: PanelView
  /// What the product is computed in.
  public let precision: Precision

  /// Rows of one block, and weights of the same or another block.
  /// - Precondition: `rows` has as many columns, padding included, as `weights` has rows; both have the same precision.
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
/// Both regions have the format `float32`, or both `bfloat16Pairs`.
public struct TransposedProductOperands {
  /// a, `[.., K]`.
  public let left: PanelView
  /// The first row of `left` that is read.
  public let leftRow: Int
  /// b, `[.., N]`.
  public let right: PanelView
  /// The first row of `right` that is read.
  public let rightRow: Int
  /// How many rows of both are summed over. In bfloat16 each row holds a pair.
  public let rows: Int
  /// What the product is computed in.
  public let precision: Precision

  /// Rows of one block, and as many of the same or another block.
  /// - Precondition: both have so many rows, and the same format.
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
  /// `c[row + r] = start + a[operand.row + r] · b` for `rows` rows.
  ///
  /// - Parameters:
  ///   - c: `[.., N]`.
  ///   - row: the first row of `c` that is written.
  ///   - rows: how many rows are computed.
  ///   - operand: a `[.., K]` and b `[K, N]`.
  ///   - panels: the panels of columns of b and `c` to compute; nil for all.
  ///   - start: a row `[1, N]` that the sums start from, such as a bias; nil for zero.
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
      row >= 0 && rows >= 0 && row + rows <= c.rows && operand.row + rows <= a.rows,
      "\(rows) rows from \(operand.row) of \(a.shape) into \(c.shape) from \(row)")
    precondition(start.map { $0.rows == 1 && $0.paddedColumns == b.paddedColumns } ?? true, "start and \(b.shape)")
    precondition(panels.upperBound <= b.region.panelCount, "panels \(panels) of \(b.shape)")
    var arguments = bard_product(
      c: c.panels, c_row: Int64(row), a: a.panels, a_row: Int64(operand.row), rows: Int64(rows), b: b.panels,
      start: start?.base, first_panel: Int64(panels.lowerBound), last_panel: Int64(panels.upperBound))
    switch operand.precision {
    case .float32: table.product(&arguments)
    case .bfloat16: table.product_bfloat16(&arguments)
    }
  }

  /// `c[k, panel] = Σ a[leftRow + r][k] · b[rightRow + r][panel]` over the operands' rows, for the panels `leftPanels`
  /// of a and one panel of columns of b: a block of a weight gradient.
  ///
  /// - Parameters:
  ///   - c: `[K, N]`. It need not have the rows that only padding of a would fill.
  ///   - operands: a `[.., K]` and b `[.., N]`.
  ///   - leftPanels: panels of columns of a, which are the rows of `c` that are written.
  ///   - panel: the panel of columns of b and `c`.
  /// - Complexity: 2 · rows · K · 64 floating-point operations for all panels of a.
  public func productOfTransposed(
    into c: MutablePanelView, _ operands: TransposedProductOperands, leftPanels: Range<Int>, panel: Int
  ) {
    let (a, b) = (operands.left, operands.right)
    precondition(
      c.paddedColumns == b.paddedColumns && c.rows >= a.columns && c.rows <= a.paddedColumns
        && c.region.format == .float32, "transposed \(a.shape) times \(b.shape) into \(c.shape)")
    precondition(
      panel < b.region.panelCount && leftPanels.upperBound <= a.region.panelCount,
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

  /// `to[c][r] = from[r][c]` for one panel of columns of `to`; rows that `from` lacks count as zero.
  public func transpose(into to: MutablePanelView, _ from: PanelView, panel: Int) {
    precondition(
      to.rows == from.paddedColumns && to.paddedColumns >= from.rows && panel < to.region.panelCount,
      "\(from.shape) transposed into \(to.shape)")
    table.transpose(to.panels, from.panels, Int64(panel))
  }
}

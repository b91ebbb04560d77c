import CKernels

/// Conversion of operands to bfloat16.
///
/// One 32-bit word holds two bfloat16 numbers. In the left operand of a product they are neighbours in a row
/// (`roundRows`), so its region has half as many columns. In weights, and in both operands of a product over rows,
/// they are neighbours in a column (`pairRows`, `transposePairs`), so the region has half as many rows. Rounding is
/// to nearest, ties to even. Sums are kept in float32.
extension Kernels {
  /// Returns the number of columns of a `bfloat16Rows` region for `columns` numbers per row.
  public static func roundedColumns(_ columns: Int) -> Int { PanelRegion.padded(columns) / 2 }

  /// Returns the number of rows of a `bfloat16Pairs` region for the weights of a product whose left operand has
  /// `columns` columns.
  public static func pairedRows(_ columns: Int) -> Int { PanelRegion.padded(roundedColumns(columns)) }

  /// Returns the number of rows of weights in either precision, if the left operand has `columns` columns.
  static func weightRows(_ columns: Int, _ precision: Precision) -> Int {
    precision == .bfloat16 ? pairedRows(columns) : PanelRegion.padded(columns)
  }

  /// Rounds rows: `to[row + r][j] = (from[fromRow + r][2j], from[fromRow + r][2j + 1])`.
  public func roundRows(into to: MutablePanelView, row: Int, _ from: PanelView, row fromRow: Int, rows: Int) {
    precondition(
      to.columns == Self.roundedColumns(from.columns) && to.region.has(rows: rows, from: row)
        && from.region.has(rows: rows, from: fromRow),
      "\(rows) rows of \(from.shape) rounded into \(to.shape)")
    precondition(to.region.format == .bfloat16Rows, "rows rounded into \(to.region.format)")
    table.round_rows(to.panels, Int64(row), from.panels, Int64(fromRow), Int64(rows))
  }

  /// Rounds pairs of rows: `to[row + r][c] = (from[fromRow + 2r][c], from[fromRow + 2r + 1][c])`. A last row
  /// without a partner is paired with zeros.
  ///
  /// - Parameter panels: The panels of columns to convert; nil for all.
  public func pairRows(
    into to: MutablePanelView, row: Int, _ from: PanelView, row fromRow: Int, rows: Int, panels: Range<Int>? = nil
  ) {
    let panels = panels ?? 0..<to.region.panelCount
    precondition(
      to.paddedColumns == from.paddedColumns && to.region.has(rows: (rows + 1) / 2, from: row)
        && from.region.has(rows: rows, from: fromRow) && to.region.has(panels: panels),
      "\(rows) rows of \(from.shape) paired into \(to.shape)")
    precondition(to.region.format == .bfloat16Pairs, "rows paired into \(to.region.format)")
    table.pair_rows(
      to.panels, Int64(row), from.panels, Int64(fromRow), Int64(rows), Int64(panels.lowerBound),
      Int64(panels.upperBound))
  }

  /// Transposes and rounds pairs of columns: `to[j][r] = (from[r][2j], from[r][2j + 1])`, for one panel of columns
  /// of `to`. Rows that `from` lacks count as zeros.
  public func transposePairs(into to: MutablePanelView, _ from: PanelView, panel: Int) {
    precondition(
      to.rows >= from.paddedColumns / 2 && to.paddedColumns >= from.rows && to.region.has(panel: panel),
      "\(from.shape) transposed in pairs into \(to.shape)")
    precondition(to.region.format == .bfloat16Pairs, "pairs transposed into \(to.region.format)")
    table.transpose_pairs(to.panels, from.panels, Int64(panel))
  }
}

import CKernels

/// Conversion of operands to bfloat16.
///
/// Two bfloat16 share the place of a float. In the left operand of a product they are neighbours in a row, so its
/// region has half the columns (`roundRows`). In weights, and in both operands of a product over rows, they are
/// neighbours in a column, so the region has half the rows (`pairRows`, `transposePairs`). Rounding is to nearest, ties
/// to even; sums are kept in float32.
extension Kernels {
  /// Columns of the region with the format `bfloat16Rows` that holds `columns` columns.
  public static func roundedColumns(_ columns: Int) -> Int { PanelRegion.padded(columns) / 2 }

  /// Rows of the region with the format `bfloat16Pairs` that holds weights, where the left operand has `columns`
  /// columns.
  public static func pairedRows(_ columns: Int) -> Int { PanelRegion.padded(roundedColumns(columns)) }

  /// Rows of weights in either precision, where the left operand has `columns` columns.
  static func weightRows(_ columns: Int, _ precision: Precision) -> Int {
    precision == .bfloat16 ? pairedRows(columns) : PanelRegion.padded(columns)
  }

  /// `to[row + r][j] = (from[fromRow + r][2j], from[fromRow + r][2j + 1])`.
  public func roundRows(into to: MutablePanelView, row: Int, _ from: PanelView, row fromRow: Int, rows: Int) {
    precondition(
      to.columns == Self.roundedColumns(from.columns) && row + rows <= to.rows && fromRow + rows <= from.rows,
      "\(rows) rows of \(from.shape) rounded into \(to.shape)")
    precondition(to.region.format == .bfloat16Rows, "rows rounded into \(to.region.format)")
    table.round_rows(to.panels, Int64(row), from.panels, Int64(fromRow), Int64(rows))
  }

  /// `to[row + r][c] = (from[fromRow + 2r][c], from[fromRow + 2r + 1][c])`. A last row without a partner is paired with
  /// zero.
  ///
  /// `panels` are the panels of columns to convert; nil for all.
  public func pairRows(
    into to: MutablePanelView, row: Int, _ from: PanelView, row fromRow: Int, rows: Int, panels: Range<Int>? = nil
  ) {
    let panels = panels ?? 0..<to.region.panelCount
    precondition(
      to.paddedColumns == from.paddedColumns && row + (rows + 1) / 2 <= to.rows && fromRow + rows <= from.rows
        && panels.upperBound <= to.region.panelCount, "\(rows) rows of \(from.shape) paired into \(to.shape)")
    precondition(to.region.format == .bfloat16Pairs, "rows paired into \(to.region.format)")
    table.pair_rows(
      to.panels, Int64(row), from.panels, Int64(fromRow), Int64(rows), Int64(panels.lowerBound),
      Int64(panels.upperBound))
  }

  /// `to[j][r] = (from[r][2j], from[r][2j + 1])` for one panel of columns of `to`. Rows that `from` lacks count as
  /// zero.
  public func transposePairs(into to: MutablePanelView, _ from: PanelView, panel: Int) {
    precondition(
      to.rows >= from.paddedColumns / 2 && to.paddedColumns >= from.rows && panel < to.region.panelCount,
      "\(from.shape) transposed in pairs into \(to.shape)")
    precondition(to.region.format == .bfloat16Pairs, "pairs transposed into \(to.region.format)")
    table.transpose_pairs(to.panels, from.panels, Int64(panel))
  }
}

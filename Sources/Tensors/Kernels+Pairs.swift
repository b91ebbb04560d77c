import CKernels

/// bfloat16 operands of products. A float's place holds two of them, so that a matrix of them is a region of half the columns
/// (`roundRows`, for a left operand) or of half the rows (`pairRows` and `transposePairs`, for weights, and for both operands of
/// a product over rows). Rounding is to the nearest even; sums are kept in float32.
extension Kernels {
  /// Columns of the region that holds rounded rows of `columns` floats.
  public static func roundedColumns(_ columns: Int) -> Int { PanelRegion.padded(columns) / 2 }

  /// Rows of the region that holds `columns`, the left operand's columns, of weights in pairs of rows.
  public static func pairedRows(_ columns: Int) -> Int { PanelRegion.padded(roundedColumns(columns)) }

  /// `to[row + r][j] = (from[fromRow + r][2j], from[fromRow + r][2j + 1])`.
  public func roundRows(into to: MutablePanelView, row: Int, _ from: PanelView, row fromRow: Int, rows: Int) {
    precondition(
      to.columns == Self.roundedColumns(from.columns) && row + rows <= to.rows && fromRow + rows <= from.rows,
      "\(rows) rows of \(from.shape) rounded into \(to.shape)")
    table.round_rows(to.panels, Int64(row), from.panels, Int64(fromRow), Int64(rows))
  }

  /// `to[row + r][c] = (from[fromRow + 2r][c], from[fromRow + 2r + 1][c])`; the partner of a last odd row is zero.
  ///
  /// `panels` are the panels of columns to convert; nil for all.
  public func pairRows(
    into to: MutablePanelView, row: Int, _ from: PanelView, row fromRow: Int, rows: Int, panels: Range<Int>? = nil
  ) {
    let panels = panels ?? 0..<to.region.panelCount
    precondition(
      to.paddedColumns == from.paddedColumns && row + (rows + 1) / 2 <= to.rows && fromRow + rows <= from.rows
        && panels.upperBound <= to.region.panelCount, "\(rows) rows of \(from.shape) paired into \(to.shape)")
    table.pair_rows(
      to.panels, Int64(row), from.panels, Int64(fromRow), Int64(rows), Int64(panels.lowerBound),
      Int64(panels.upperBound))
  }

  /// `to[j][r] = (from[r][2j], from[r][2j + 1])` for one panel of columns of `to`; rows that `from` lacks count as zero.
  public func transposePairs(into to: MutablePanelView, _ from: PanelView, panel: Int) {
    precondition(
      to.rows >= from.paddedColumns / 2 && to.paddedColumns >= from.rows && panel < to.region.panelCount,
      "\(from.shape) transposed in pairs into \(to.shape)")
    table.transpose_pairs(to.panels, from.panels, Int64(panel))
  }
}

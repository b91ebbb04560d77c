import CKernels

extension Kernels {
  /// `c[row + r] = start + a[aRow + r] · b` for `rows` rows.
  ///
  /// - Parameters:
  ///   - c: `[.., N]`.
  ///   - row: the first row of `c` that is written.
  ///   - a: `[.., K]`, its columns padded to the rows of `b`.
  ///   - aRow: the first row of `a` that is read.
  ///   - rows: how many of both.
  ///   - b: `[K, N]`.
  ///   - panels: the panels of columns of `b` and `c` to compute; nil for all.
  ///   - start: a row `[1, N]` that the sums start from, such as a bias; nil for zero.
  ///   - pairs: `a` holds rounded rows and `b` pairs of rows, in bfloat16 (`roundRows`, `pairRows`).
  /// - Complexity: 2 · rows · K · N floating-point operations.
  public func product(
    into c: MutablePanelView, row: Int, _ a: PanelView, row aRow: Int, rows: Int, _ b: PanelView,
    panels: Range<Int>? = nil, start: PanelView? = nil, pairs: Bool = false
  ) {
    let panels = panels ?? 0..<b.region.panelCount
    precondition(
      a.paddedColumns == b.rows && b.paddedColumns == c.paddedColumns, "\(a.shape) times \(b.shape) into \(c.shape)")
    precondition(
      row >= 0 && aRow >= 0 && rows >= 0 && row + rows <= c.rows && aRow + rows <= a.rows,
      "\(rows) rows from \(aRow) of \(a.shape) into \(c.shape) from \(row)")
    precondition(start.map { $0.rows == 1 && $0.paddedColumns == b.paddedColumns } ?? true, "start and \(b.shape)")
    precondition(panels.upperBound <= b.region.panelCount, "panels \(panels) of \(b.shape)")
    (pairs ? table.product_pairs : table.product)(
      c.panels, Int64(row), a.panels, Int64(aRow), Int64(rows), b.panels, start?.base, Int64(panels.lowerBound),
      Int64(panels.upperBound))
  }

  /// `c[k, panel] = Σ a[aRow + r][k] · b[bRow + r][panel]` over `rows` rows, for one panel of columns of `b` and the panels
  /// `aPanels` of `a`: a block of a weight gradient.
  ///
  /// - Parameters:
  ///   - c: `[K, N]`; rows of `c` that only padding of `a` would fill need not exist.
  ///   - a: `[.., K]`.
  ///   - aRow: the first row of `a` that is read.
  ///   - aPanels: panels of columns of `a`, the rows of `c` that are written.
  ///   - b: `[.., N]`.
  ///   - bRow: the first row of `b` that is read.
  ///   - panel: the panel of columns of `b` and `c`.
  ///   - rows: how many of both are summed over.
  ///   - pairs: `a` and `b` both hold pairs of rows, in bfloat16; `rows` counts the pairs.
  /// - Complexity: 2 · rows · K · 64 floating-point operations for all panels of `a`.
  public func productOfTransposed(
    into c: MutablePanelView, _ a: PanelView, row aRow: Int, panels aPanels: Range<Int>, _ b: PanelView, row bRow: Int,
    panel: Int, rows: Int, pairs: Bool = false
  ) {
    precondition(
      c.paddedColumns == b.paddedColumns && c.rows >= a.columns && c.rows <= a.paddedColumns,
      "transposed \(a.shape) times \(b.shape) into \(c.shape)")
    precondition(
      aRow + rows <= a.rows && bRow + rows <= b.rows && panel < b.region.panelCount
        && aPanels.upperBound <= a.region.panelCount, "\(rows) rows of \(a.shape) and \(b.shape)")
    (pairs ? table.product_of_transposed_pairs : table.product_of_transposed)(
      c.panels, a.panels, Int64(aRow), b.panels, Int64(bRow), Int64(rows), Int64(panel), Int64(aPanels.lowerBound),
      Int64(aPanels.upperBound))
  }

  /// `to[c][r] = from[r][c]` for one panel of columns of `to`; rows that `from` lacks count as zero.
  public func transpose(into to: MutablePanelView, _ from: PanelView, panel: Int) {
    precondition(
      to.rows == from.paddedColumns && to.paddedColumns >= from.rows && panel < to.region.panelCount,
      "\(from.shape) transposed into \(to.shape)")
    table.transpose(to.panels, from.panels, Int64(panel))
  }
}

import CKernels

/// A borrowed matrix `[rows, columns]` in panels, for reading.
public struct PanelView {
  let base: UnsafePointer<Float>?
  /// The place of the matrix in its block.
  public let region: PanelRegion

  /// The number of rows.
  public var rows: Int { region.rows }
  /// The number of columns in use.
  public var columns: Int { region.columns }
  /// The number of columns in memory: `columns` rounded up to a multiple of 16.
  public var paddedColumns: Int { region.paddedColumns }
  var shape: String { "[\(rows), \(columns)]" }

  /// The float at `row` and `column`. The column may be in the padding.
  /// - Precondition: `row` is below `rows` and `column` is below `paddedColumns`.
  public subscript(row: Int, column: Int) -> Float {
    precondition(row >= 0 && row < rows && column >= 0 && column < paddedColumns, "[\(row), \(column)] of \(shape)")
    guard let base else { return 0 }
    return base[region.index(row: row, column: column) - region.offset]
  }

  /// Copies the first `destination.count` columns of a row.
  public func copy(row: Int, into destination: inout [Float]) {
    precondition(
      row >= 0 && row < rows && destination.count <= columns, "\(destination.count) columns of row \(row) of \(shape)")
    guard let base else { return }
    let count = destination.count
    destination.withUnsafeMutableBufferPointer { destination in
      for panel in 0..<region.panelCount {
        let first = PanelRegion.panelWidth * panel
        let width = min(PanelRegion.panelWidth, paddedColumns - first)
        guard first < count, let to = destination.baseAddress else { break }
        (to + first).update(from: base + first * rows + row * width, count: min(width, count - first))
      }
    }
  }

  /// This matrix in the form that the kernels take. The same C struct describes matrices that kernels write, but
  /// the kernels only read this one.
  var panels: bard_panels {
    bard_panels(base: UnsafeMutablePointer(mutating: base), rows: Int64(rows), columns: Int64(paddedColumns))
  }
}

/// A borrowed matrix `[rows, columns]` in panels, for writing.
public struct MutablePanelView {
  let base: UnsafeMutablePointer<Float>?
  /// The place of the matrix in its block.
  public let region: PanelRegion

  /// The number of rows.
  public var rows: Int { region.rows }
  /// The number of columns in use.
  public var columns: Int { region.columns }
  /// The number of columns in memory: `columns` rounded up to a multiple of 16.
  public var paddedColumns: Int { region.paddedColumns }
  /// The same memory, for reading.
  public var readOnly: PanelView { PanelView(base: base.map { UnsafePointer($0) }, region: region) }
  var shape: String { "[\(rows), \(columns)]" }

  /// The float at `row` and `column`. The column may be in the padding.
  /// - Precondition: `row` is below `rows` and `column` is below `paddedColumns`.
  public subscript(row: Int, column: Int) -> Float {
    get { readOnly[row, column] }
    nonmutating set {
      precondition(row >= 0 && row < rows && column >= 0 && column < paddedColumns, "[\(row), \(column)] of \(shape)")
      base?[region.index(row: row, column: column) - region.offset] = newValue
    }
  }

  var panels: bard_panels { bard_panels(base: base, rows: Int64(rows), columns: Int64(paddedColumns)) }

  /// Sets one panel of columns to zero.
  public func clear(panel: Int) {
    let width = min(PanelRegion.panelWidth, paddedColumns - PanelRegion.panelWidth * panel)
    precondition(panel >= 0 && width > 0, "panel \(panel) of \(shape)")
    base.map { ($0 + PanelRegion.panelWidth * rows * panel).update(repeating: 0, count: rows * width) }
  }

  /// Sets the rows in `range` to zero.
  public func clear(rows range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(shape)")
    for panel in 0..<region.panelCount {
      let width = min(PanelRegion.panelWidth, paddedColumns - PanelRegion.panelWidth * panel)
      let first = PanelRegion.panelWidth * rows * panel + range.lowerBound * width
      base.map { ($0 + first).update(repeating: 0, count: range.count * width) }
    }
  }

  /// Copies `count` rows from a matrix that has the same number of columns.
  public func copyRows(_ count: Int, from source: PanelView, at sourceRow: Int, to row: Int) {
    precondition(
      source.paddedColumns == paddedColumns && source.region.has(rows: count, from: sourceRow)
        && region.has(rows: count, from: row),
      "\(count) rows of \(source.shape) from row \(sourceRow), into \(shape) from row \(row)")
    guard let base, let from = source.base else { return }
    for panel in 0..<region.panelCount {
      let width = min(PanelRegion.panelWidth, paddedColumns - PanelRegion.panelWidth * panel)
      let target = base + PanelRegion.panelWidth * rows * panel + row * width
      target.update(from: from + PanelRegion.panelWidth * source.rows * panel + sourceRow * width, count: count * width)
    }
  }
}

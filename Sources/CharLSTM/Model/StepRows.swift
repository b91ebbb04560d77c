import Tensors

/// A matrix with a block of B rows for each time step of a minibatch: lane b of step t has row `row(ofStep: t)` + b.
struct StepRows: Sendable, Equatable {
  let region: PanelRegion
  /// B, the rows of a block.
  let lanes: Int
  /// The block of step 0; 1 where block 0 holds what was before the minibatch.
  let first: Int
  /// Blocks stored. Where they are fewer than the steps, later steps reuse them in turn.
  private let blocks: Int

  init(
    blocks: Int, lanes: Int, first: Int = 0, columns: Int, format: PanelRegion.Format = .float32,
    allocator: inout PanelAllocator
  ) {
    region = allocator.region(rows: blocks * lanes, columns: columns, format: format)
    self.lanes = lanes
    self.first = first
    self.blocks = blocks
  }

  /// The row of lane 0 at step `t`; step -1 is what was before the minibatch.
  func row(ofStep t: Int) -> Int { (t + first) % blocks * lanes }

  /// The rows of some lanes at step `t`.
  func rows(ofStep t: Int, lanes range: Range<Int>) -> Range<Int> {
    let row = row(ofStep: t)
    return row + range.lowerBound..<row + range.upperBound
  }
}

/// Rows that products read: as they were computed, and where products are computed in bfloat16 also rounded, twice.
struct ProductRows: Sendable, Equatable {
  /// The same rows in bfloat16.
  struct Rounded: Sendable, Equatable {
    /// `[blocks · B, N / 2]`: the left operand of a product.
    let rows: StepRows
    /// `[blocks · ⌈B / 2⌉, N]`: pairs of lanes, the operands of a sum over all lanes and steps. A last odd lane is paired with
    /// zero.
    let pairs: StepRows
  }

  /// `[blocks · B, N]` in float32.
  let values: StepRows
  /// nil where products read float32.
  let rounded: Rounded?

  /// - Parameters:
  ///   - timeSteps: T.
  ///   - first: the block of step 0; blocks before it hold what was before the minibatch.
  ///   - precision: what the products that read these rows are computed in.
  ///   - roundedSteps: steps whose rounded rows are kept at a time; nil for all.
  init(
    timeSteps: Int, lanes: Int, first: Int = 0, columns: Int, precision: TrainingPrecision, roundedSteps: Int? = nil,
    values: StepRows? = nil, allocator: inout PanelAllocator
  ) {
    let blocks = first + timeSteps
    self.values =
      values
      ?? StepRows(
        blocks: blocks, lanes: lanes, first: first, columns: columns, allocator: &allocator)
    switch precision {
    case .float32: rounded = nil
    case .bfloat16:
      rounded = Rounded(
        rows: StepRows(
          blocks: roundedSteps ?? blocks, lanes: lanes, first: first, columns: Kernels.roundedColumns(columns),
          format: .bfloat16Rows, allocator: &allocator),
        pairs: StepRows(
          blocks: blocks, lanes: (lanes + 1) / 2, first: first, columns: columns, format: .bfloat16Pairs,
          allocator: &allocator))
    }
  }

  /// What a product reads as its left operand.
  var left: StepRows { rounded?.rows ?? values }

  /// Makes the rounded rows of some lanes at step `t` from their values; does nothing with float32.
  /// - Precondition: `range` begins with an even lane, and ends with an odd one or with the last.
  func round(step t: Int, lanes range: Range<Int>, workspace: MutableFloatsView, kernels: Kernels) {
    guard let rounded else { return }
    precondition(
      range.lowerBound % 2 == 0 && (range.upperBound % 2 == 0 || range.upperBound == values.lanes), "pairs of \(range)")
    let (from, row) = (workspace.readOnly[values.region], values.row(ofStep: t) + range.lowerBound)
    kernels.roundRows(
      into: workspace[rounded.rows.region], row: rounded.rows.row(ofStep: t) + range.lowerBound, from, row: row,
      rows: range.count)
    kernels.pairRows(
      into: workspace[rounded.pairs.region], row: rounded.pairs.row(ofStep: t) + range.lowerBound / 2, from, row: row,
      rows: range.count)
  }
}

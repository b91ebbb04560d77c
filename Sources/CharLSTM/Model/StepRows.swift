import Tensors

/// A matrix with a block of B rows for each time step of a minibatch. Row `row(ofStep: t)` + b belongs to lane b at
/// step t.
struct StepRows: Sendable, Equatable {
  let region: PanelRegion
  /// The number of rows in a block, B.
  let lanes: Int
  /// Index of the block of step 0: 1 if block 0 holds the carried state, otherwise 0.
  let first: Int
  /// The number of blocks in memory. If there are fewer blocks than steps, later steps overwrite earlier ones in
  /// turn.
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

  /// The row of lane 0 at step `t`. Step -1 is the carried state.
  func row(ofStep t: Int) -> Int { (t + first) % blocks * lanes }

  /// The rows of the lanes in `range` at step `t`.
  func rows(ofStep t: Int, lanes range: Range<Int>) -> Range<Int> {
    let row = row(ofStep: t)
    return row + range.lowerBound..<row + range.upperBound
  }
}

/// Rows that products read: in float32 and, if products use bfloat16, also in two bfloat16 layouts.
struct ProductRows: Sendable, Equatable {
  /// The same rows in bfloat16.
  struct Rounded: Sendable, Equatable {
    /// `[blocks · B, N / 2]`: the left operand of a product.
    let rows: StepRows
    /// `[blocks · ⌈B / 2⌉, N]`: pairs of lanes, for products that sum over all lanes and steps. If B is odd, the last
    /// lane is paired with zero.
    let pairs: StepRows
  }

  /// The rows in float32, `[blocks · B, N]`.
  let values: StepRows
  /// The rows in bfloat16; nil if products read float32.
  let rounded: Rounded?

  /// - Parameters:
  ///   - timeSteps: The number of time steps, T.
  ///   - lanes: The number of lanes, B.
  ///   - first: The block of step 0: 1 if block 0 holds the carried state, otherwise 0.
  ///   - columns: The number of columns, N.
  ///   - precision: The precision of the products that read these rows.
  ///   - roundedSteps: The number of steps whose `rounded.rows` are kept at a time; nil for all.
  ///   - values: The float32 rows, if they are already allocated.
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

  /// The rows that a product reads as its left operand.
  var left: StepRows { rounded?.rows ?? values }

  /// Rounds the values of some lanes at step `t` to bfloat16. With float32 it does nothing.
  /// - Precondition: `range` begins with an even lane. It ends with an odd lane or with the last one.
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

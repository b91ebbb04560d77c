import Tensors

/// A block of rows for each time step in bfloat16, twice: rounded rows are the left operand of a product, pairs of lanes the
/// operands of a sum over all lanes and steps. A last odd lane is paired with zero.
struct BFloat16Rows: Sendable, Equatable {
  /// `[blocks · B, N / 2]`.
  let rounded: PanelRegion
  /// `[blocks · ⌈B / 2⌉, N]`.
  let paired: PanelRegion
  let lanes: Int

  /// Rows of a block of pairs.
  var pairs: Int { (lanes + 1) / 2 }

  /// - Parameter roundedBlocks: fewer than there are steps where a step needs no more than the one beside it.
  init(lanes: Int, roundedBlocks: Int, pairedBlocks: Int, columns: Int, allocator: inout PanelAllocator) {
    self.lanes = lanes
    rounded = allocator.region(
      rows: roundedBlocks * lanes, columns: Kernels.roundedColumns(columns), format: .bfloat16Rows)
    paired = allocator.region(rows: pairedBlocks * ((lanes + 1) / 2), columns: columns, format: .bfloat16Pairs)
  }

  /// Takes the rows `row + range` of `from` as those of `range` in a block.
  /// - Precondition: `range` begins with an even lane, and ends with an odd one or with the last.
  func fill(
    roundedBlock: Int, pairedBlock: Int, lanes range: Range<Int>, from: PanelView, row: Int,
    workspace: MutableFloatsView, kernels: Kernels
  ) {
    precondition(
      range.lowerBound % 2 == 0 && (range.upperBound % 2 == 0 || range.upperBound == lanes), "pairs of \(range)")
    kernels.roundRows(
      into: workspace[rounded], row: roundedBlock * lanes + range.lowerBound, from, row: row + range.lowerBound,
      rows: range.count)
    kernels.pairRows(
      into: workspace[paired], row: pairedBlock * pairs + range.lowerBound / 2, from, row: row + range.lowerBound,
      rows: range.count)
  }
}

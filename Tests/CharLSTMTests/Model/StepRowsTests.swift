import Tensors
import Testing

@testable import CharLSTM

@Suite struct StepRowsTests {
  @Test func aBlockForEachStep() {
    var allocator = PanelAllocator()
    let state = StepRows(blocks: 5, lanes: 3, first: 1, columns: 20, allocator: &allocator)
    #expect(state.region.rows == 15)
    #expect((-1..<4).map { state.row(ofStep: $0) } == [0, 3, 6, 9, 12])
    #expect(state.rows(ofStep: 2, lanes: 1..<3) == 10..<12)
  }

  @Test func fewerBlocksAreReusedInTurn() {
    var allocator = PanelAllocator()
    let ring = StepRows(blocks: 2, lanes: 3, columns: 20, allocator: &allocator)
    #expect((0..<5).map { ring.row(ofStep: $0) } == [0, 3, 0, 3, 0])
  }

  @Test func float32IsReadAsItWasComputed() {
    var allocator = PanelAllocator()
    let rows = ProductRows(timeSteps: 2, lanes: 3, columns: 20, precision: .float32, allocator: &allocator)
    #expect(rows.rounded == nil && rows.left == rows.values)
  }

  @Test func bfloat16IsRoundedAndPaired() throws {
    var allocator = PanelAllocator()
    let rows = ProductRows(
      timeSteps: 4, lanes: 3, first: 1, columns: 32, precision: .bfloat16, roundedSteps: 2, allocator: &allocator)
    let rounded = try #require(rows.rounded)
    #expect(rows.left == rounded.rows)
    #expect(rounded.rows.region.rows == 6 && rounded.rows.region.columns == Kernels.roundedColumns(32))
    // three lanes are two pairs
    #expect(rounded.pairs.region.rows == 10 && rounded.pairs.row(ofStep: 1) == 4)
    #expect(
      [rows.values, rounded.rows, rounded.pairs].map(\.region.format) == [.float32, .bfloat16Rows, .bfloat16Pairs])

    var workspace = AlignedFloats(zeros: allocator.count)
    let ones = rows.values.rows(ofStep: 2, lanes: 0..<3)
    for row in ones { workspace[rows.values.region.index(row: row, column: 5)] = 1 }
    workspace.withMutableView { rows.round(step: 2, lanes: 0..<3, workspace: $0, kernels: Kernels()) }
    let pairs = (0..<2).map { pair in
      workspace[rounded.pairs.region.index(row: rounded.pairs.row(ofStep: 2) + pair, column: 5)].bitPattern
    }
    // 1 is 0x3F80 in bfloat16, and the odd lane stands in the upper half; the third lane is paired with zero
    #expect(pairs == [0x3F80_3F80, 0x0000_3F80])
  }
}

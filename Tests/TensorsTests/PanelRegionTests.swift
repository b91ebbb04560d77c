import Testing

@testable import Tensors

@Suite struct PanelRegionTests {
  @Test func columnsArePaddedToSixteen() {
    #expect(PanelRegion.padded(0) == 0)
    #expect(PanelRegion.padded(1) == 16)
    #expect(PanelRegion.padded(16) == 16)
    #expect(PanelRegion.padded(65) == 80)
  }

  @Test func indexWalksPanelAfterPanel() {
    var allocator = PanelAllocator()
    _ = allocator.region(rows: 1, columns: 3)
    let region = allocator.region(rows: 5, columns: 70)
    #expect(region.offset == 16)
    #expect(region.paddedColumns == 80)
    #expect(region.panelCount == 2)
    #expect(region.index(row: 0, column: 0) == 16)
    #expect(region.index(row: 2, column: 63) == 16 + 2 * 64 + 63)
    // the second panel begins after 5 rows of 64 and has rows of 16
    #expect(region.index(row: 0, column: 64) == 16 + 5 * 64)
    #expect(region.index(row: 4, column: 69) == 16 + 5 * 64 + 4 * 16 + 5)
    #expect(region.range == 16..<16 + 5 * 80)
    #expect(allocator.count == 16 + 400)
  }

  @Test func aRegionKeepsItsFormat() {
    var allocator = PanelAllocator()
    #expect(allocator.region(rows: 1, columns: 1).format == .float32)
    #expect(allocator.region(rows: 1, columns: 1, format: .bfloat16Pairs).format == .bfloat16Pairs)
  }

  @Test func everyElementHasItsOwnIndex() {
    var allocator = PanelAllocator()
    let region = allocator.region(rows: 7, columns: 131)
    var seen = Set<Int>()
    for row in 0..<7 { for column in 0..<region.paddedColumns { seen.insert(region.index(row: row, column: column)) } }
    #expect(seen == Set(region.range))
  }
}

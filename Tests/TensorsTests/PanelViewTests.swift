import Testing

@testable import Tensors

@Suite struct PanelViewTests {
  /// A block with one matrix whose element [r, c] is 1000 r + c.
  private func numbered(rows: Int, columns: Int) -> (AlignedFloats, PanelRegion) {
    var allocator = PanelAllocator()
    let region = allocator.region(rows: rows, columns: columns)
    var block = AlignedFloats(zeros: allocator.count)
    block.withMutableView { view in
      for row in 0..<rows { for column in 0..<columns { view[region][row, column] = Float(1000 * row + column) } }
    }
    return (block, region)
  }

  @Test func rowsAreCopiedInEveryPanel() {
    let (source, from) = numbered(rows: 6, columns: 70)
    var (target, to) = numbered(rows: 4, columns: 70)
    target.withMutableView { target in
      source.withView { source in target[to].copyRows(2, from: source[from], at: 3, to: 1) }
    }
    target.withView { view in
      #expect(view[to][0, 69] == 69)
      #expect(view[to][1, 0] == 3000)
      #expect(view[to][2, 69] == 4069)
      #expect(view[to][3, 69] == 3069)
    }
  }

  @Test func partsAreCleared() {
    var (block, region) = numbered(rows: 3, columns: 70)
    block.withMutableView { view in
      view[region].clear(rows: 1..<2)
      #expect(view[region][1, 69] == 0)
      #expect(view[region][2, 69] == 2069)
      view[region].clear(panel: 1)
      #expect(view[region][2, 69] == 0)
      #expect(view[region][2, 63] == 2063)
    }
  }
}

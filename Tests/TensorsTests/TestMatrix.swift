@testable import Tensors

/// A matrix in its own block, filled with reproducible numbers.
struct TestMatrix {
  var block: AlignedFloats
  let region: PanelRegion

  init(
    rows: Int, columns: Int, format: PanelRegion.Format = .float32, _ value: (Int, Int) -> Float
  ) {
    var allocator = PanelAllocator()
    region = allocator.region(rows: rows, columns: columns, format: format)
    block = AlignedFloats(zeros: allocator.count)
    let region = region
    block.withMutableView { view in
      for row in 0..<rows { for column in 0..<columns { view[region][row, column] = value(row, column) } }
    }
  }

  /// Numbers in ±1 that look random; `seed` tells matrices apart.
  init(rows: Int, columns: Int, seed: UInt32) {
    var state = seed &* 2_654_435_761 &+ 1
    self.init(rows: rows, columns: columns) { _, _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return Float(state >> 8) / 8_388_608 - 1
    }
  }

  init(zeros rows: Int, _ columns: Int, format: PanelRegion.Format = .float32) {
    self.init(rows: rows, columns: columns, format: format) { _, _ in 0 }
  }

  subscript(row: Int, column: Int) -> Float {
    get { block[region.index(row: row, column: column)] }
    set { block[region.index(row: row, column: column)] = newValue }
  }

  /// The bit patterns of everything stored, padding included.
  var bits: [UInt32] { block.floats(in: 0..<block.count).map(\.bitPattern) }

  func read<Result>(_ body: (PanelView) -> Result) -> Result { block.withView { body($0[region]) } }
  mutating func write<Result>(_ body: (MutablePanelView) -> Result) -> Result {
    let region = region
    return block.withMutableView { body($0[region]) }
  }
}

/// The variants this processor can run, each to be compared with the scalar one.
let availableVariants = KernelVariant.allCases.filter(\.isAvailable)

import CKernels

/// The place and the layout of a matrix `[rows, columns]` in a block of floats.
///
/// The matrix is stored in panels of 64 columns. The panels follow each other, each `[rows, 64]` in row-major
/// order. If the number of columns is not a multiple of 64, the last panel is narrower. Columns are padded to a
/// multiple of 16, and padding holds zeros. So a kernel reads a panel from front to back, and any range of rows can
/// be computed separately.
public struct PanelRegion: Sendable, Equatable {
  /// The number of columns of a full panel: the four gates of 16 cells.
  public static let panelWidth = BARD_PANEL
  /// Columns are padded to a multiple of this: 16 floats, or 64 bytes.
  public static let columnGroup = BARD_GROUP

  /// The contents of the 32-bit words of a matrix.
  ///
  /// Quantized words have no format of their own. `QuantizedOperand` describes them.
  public enum Format: Sendable {
    /// One float32 in each word.
    case float32
    /// Two bfloat16 in each word, neighbours in a row: the left operand of a product. `Kernels.roundRows` writes
    /// them.
    case bfloat16Rows
    /// Two bfloat16 in each word, neighbours in a column: weights, and both operands of a product over rows.
    /// `Kernels.pairRows` and `Kernels.transposePairs` write them.
    case bfloat16Pairs
  }

  /// The index of the first float, a multiple of 16.
  public let offset: Int
  /// The number of rows. Rows have no padding.
  public let rows: Int
  /// The number of columns in use.
  public let columns: Int
  /// The number of columns in memory: `columns` rounded up to a multiple of 16.
  public let paddedColumns: Int
  /// The format of each word. `rows` and `columns` count words, in every format.
  public let format: Format

  /// The range of the matrix in the block, including padding.
  public var range: Range<Int> { offset..<offset + rows * paddedColumns }
  /// The number of panels, including a narrower last one.
  public var panelCount: Int { (paddedColumns + Self.panelWidth - 1) / Self.panelWidth }

  /// Returns `count` rounded up to a multiple of 16.
  public static func padded(_ count: Int) -> Int { (count + columnGroup - 1) / columnGroup * columnGroup }

  /// Returns the number of columns of the panel that contains `column`. Neighbours in a column are that far apart.
  public func width(ofPanelWith column: Int) -> Int {
    min(Self.panelWidth, paddedColumns - column / Self.panelWidth * Self.panelWidth)
  }

  /// Whether the matrix has the rows `row ..< row + count`. Kernels check nothing, so callers must.
  func has(rows count: Int, from row: Int) -> Bool { row >= 0 && count >= 0 && count <= rows - row }

  /// Whether the matrix has all these panels.
  func has(panels range: Range<Int>) -> Bool { range.lowerBound >= 0 && range.upperBound <= panelCount }

  /// Whether the matrix has this panel.
  func has(panel: Int) -> Bool { panel >= 0 && panel < panelCount }

  /// Returns the index in the block of the float at `row` and `column`.
  public func index(row: Int, column: Int) -> Int {
    let panel = column / Self.panelWidth
    let width = width(ofPanelWith: column)
    return offset + Self.panelWidth * rows * panel + row * width + column % Self.panelWidth
  }
}

/// Places matrices in a block, one after the other.
public struct PanelAllocator: Sendable {
  /// The number of floats used so far, which is the size of a block for all the matrices.
  public private(set) var count = 0

  /// Starts at the beginning of an empty block.
  public init() {}

  /// Returns the next free region for a matrix `[rows, columns]`.
  ///
  /// Rows and columns count words. For two bfloat16 per word, `Kernels.roundedColumns` and `Kernels.pairedRows`
  /// give their numbers.
  /// - Precondition: Neither number is negative.
  public mutating func region(rows: Int, columns: Int, format: PanelRegion.Format = .float32) -> PanelRegion {
    precondition(rows >= 0 && columns >= 0, "a matrix of [\(rows), \(columns)]")
    let region = PanelRegion(
      offset: count, rows: rows, columns: columns, paddedColumns: PanelRegion.padded(columns), format: format)
    count = PanelRegion.padded(region.range.upperBound)
    return region
  }
}

import CKernels

/// Where in a block of floats a matrix `[rows, columns]` lies, and how: in panels of 64 columns.
///
/// The panels follow each other, each `[rows, 64]` in row-major order. If the number of columns is not a multiple of
/// 64, the last panel is narrower. Columns are padded to a multiple of 16, and padding holds zeros. A kernel reads a
/// panel from front to back, and any range of rows can be computed on its own.
public struct PanelRegion: Sendable, Equatable {
  /// Columns of a full panel: the four gates of 16 cells.
  public static let panelWidth = BARD_PANEL
  /// Columns are padded to a multiple of this: 16 floats, 64 bytes.
  public static let columnGroup = BARD_GROUP

  /// What the 32-bit places of a matrix hold.
  ///
  /// Quantized words have no format of their own: `QuantizedOperand` says what they are.
  public enum Format: Sendable {
    /// One float32 each.
    case float32
    /// Two bfloat16 each, neighbours in a row: the left operand of a product. `Kernels.roundRows` writes them.
    case bfloat16Rows
    /// Two bfloat16 each, neighbours in a column: weights, and both operands of a product over rows. `Kernels.pairRows`
    /// and `Kernels.transposePairs` write them.
    case bfloat16Pairs

    /// The precision that the numbers are stored in.
    public var precision: Precision { self == .float32 ? .float32 : .bfloat16 }
  }

  /// Index of the first float, a multiple of 16.
  public let offset: Int
  /// Rows stored; rows have no padding.
  public let rows: Int
  /// Columns in use.
  public let columns: Int
  /// Columns stored: `columns` rounded up to a multiple of 16.
  public let paddedColumns: Int
  /// What each place holds. Rows and columns count places, whatever the format.
  public let format: Format

  /// The floats of the block that the matrix takes, padding included.
  public var range: Range<Int> { offset..<offset + rows * paddedColumns }
  /// Panels, including a narrower last one.
  public var panelCount: Int { (paddedColumns + Self.panelWidth - 1) / Self.panelWidth }

  /// `count` rounded up to a multiple of 16.
  public static func padded(_ count: Int) -> Int { (count + columnGroup - 1) / columnGroup * columnGroup }

  /// Columns of the panel that holds `column`: the distance between two floats of one column.
  public func width(ofPanelWith column: Int) -> Int {
    min(Self.panelWidth, paddedColumns - column / Self.panelWidth * Self.panelWidth)
  }

  /// Index, in the block, of the float at `row` and `column`.
  public func index(row: Int, column: Int) -> Int {
    let panel = column / Self.panelWidth
    let width = width(ofPanelWith: column)
    return offset + Self.panelWidth * rows * panel + row * width + column % Self.panelWidth
  }
}

/// Lays out regions one after the other.
public struct PanelAllocator: Sendable {
  /// Floats handed out so far: the size of the block that holds them all.
  public private(set) var count = 0

  /// Begins at float 0 of an empty block.
  public init() {}

  /// The next free place for a matrix `[rows, columns]`.
  ///
  /// Where two bfloat16 share a place, rows and columns count places: see `Kernels.roundedColumns` and
  /// `Kernels.pairedRows`.
  /// - Precondition: neither number is negative.
  public mutating func region(rows: Int, columns: Int, format: PanelRegion.Format = .float32) -> PanelRegion {
    precondition(rows >= 0 && columns >= 0, "a matrix of [\(rows), \(columns)]")
    let region = PanelRegion(
      offset: count, rows: rows, columns: columns, paddedColumns: PanelRegion.padded(columns), format: format)
    count = PanelRegion.padded(region.range.upperBound)
    return region
  }
}

/// Where in a block of floats a matrix `[rows, columns]` lies, and how: in panels of 64 columns.
///
/// The panels follow each other, each `[rows, 64]` in row-major order; the last one is narrower where the number of columns
/// is no multiple of 64. Columns are padded to a multiple of 16, and padding holds zeros. A panel is what one pass of a
/// kernel reads front to back, and the rows of an activation matrix can be computed in any partition.
public struct PanelRegion: Sendable, Equatable {
  /// Columns of a full panel: the four gates of 16 cells.
  public static let panelWidth = 64
  /// What columns are padded to a multiple of: 16 floats, 64 bytes.
  public static let columnGroup = 16

  /// Index of the first float, a multiple of 16.
  public let offset: Int
  /// Rows stored; rows have no padding.
  public let rows: Int
  /// Columns in use.
  public let columns: Int
  /// Columns stored: `columns` rounded up to a multiple of 16.
  public let paddedColumns: Int

  /// The floats of the block that the matrix takes, padding included.
  public var range: Range<Int> { offset..<offset + rows * paddedColumns }
  /// Panels, a narrower last one included.
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

  /// Begins at float 0 of a block that holds nothing yet.
  public init() {}

  /// The next free place for a matrix `[rows, columns]`.
  /// - Precondition: neither number is negative.
  public mutating func region(rows: Int, columns: Int) -> PanelRegion {
    precondition(rows >= 0 && columns >= 0, "a matrix of [\(rows), \(columns)]")
    let region = PanelRegion(
      offset: count, rows: rows, columns: columns, paddedColumns: PanelRegion.padded(columns))
    count = PanelRegion.padded(region.range.upperBound)
    return region
  }
}

import CKernels

/// The columns of a matrix of gates `[.., 4H]`. Each group of 16 cells has one panel, with 16 columns of i, 16 of
/// f, 16 of g and 16 of o.
public enum Gates {
  /// The number of gates of a cell.
  public static let count = BARD_GATES

  /// Returns the number of columns of the gates of `cells` cells, including padding.
  public static func columns(cells: Int) -> Int { count * PanelRegion.padded(cells) }

  /// Returns the column of one gate of one cell. `gate` is the gate's index in the order i, f, g, o.
  public static func column(_ gate: Int, ofCell cell: Int) -> Int {
    cell / BARD_GROUP * BARD_PANEL + gate * BARD_GROUP + cell % BARD_GROUP
  }
}

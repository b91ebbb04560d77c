import CKernels

/// The columns of a matrix of gates `[.., 4H]`: one panel for each group of 16 cells, which holds 16 columns of i, 16
/// of f, 16 of g and 16 of o.
public enum Gates {
  /// Gates of a cell.
  public static let count = BARD_GATES

  /// Columns of the gates of `cells` cells, padding included.
  public static func columns(cells: Int) -> Int { count * PanelRegion.padded(cells) }

  /// The column of a gate of a cell. `gate` is its place in the order i, f, g, o.
  public static func column(_ gate: Int, ofCell cell: Int) -> Int {
    cell / BARD_GROUP * BARD_PANEL + gate * BARD_GROUP + cell % BARD_GROUP
  }
}

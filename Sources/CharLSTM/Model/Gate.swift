import Tensors

/// The four gates of a cell, in the order in which they are stored everywhere (and in PyTorch's files).
public enum Gate: Int, CaseIterable, Sendable {
  /// i: how much of the candidate is written.
  case input
  /// f: how much of the cell state stays.
  case forget
  /// g: the cell candidate.
  case candidate
  /// o: how much of the cell state is shown.
  case output

  /// input, forget, candidate or output.
  public var name: String { "\(self)" }

  /// The column of this gate of `cell` in a matrix of gates: panels of i, f, g, o for 16 cells each.
  public func column(ofCell cell: Int) -> Int { Gates.column(rawValue, ofCell: cell) }
}

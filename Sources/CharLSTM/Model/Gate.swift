import Tensors

/// The four gates of a cell, in the order in which they are stored everywhere, including PyTorch's files.
public enum Gate: Int, CaseIterable, Sendable {
  /// The input gate i: how much of the cell candidate is added to the cell state.
  case input
  /// The forget gate f: how much of the old cell state is kept.
  case forget
  /// The cell candidate g.
  case candidate
  /// The output gate o: how much of the cell state is shown as the hidden state.
  case output

  /// The name of the gate: input, forget, candidate or output.
  public var name: String { "\(self)" }

  /// The column of this gate of `cell` in a matrix of gates. Its panels hold i, f, g and o of 16 cells each.
  public func column(ofCell cell: Int) -> Int { Gates.column(rawValue, ofCell: cell) }
}

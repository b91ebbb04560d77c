import CharLSTM

/// The reason why an atlas of a text cannot be made.
public enum AtlasError: Error, Sendable, Equatable {
  /// The passage begins at character `from`, and the text has only `characters`.
  case beyondTheEnd(from: Int, characters: Int)
  /// The passage has fewer than two characters, so nothing can vary in it.
  case tooShort(characters: Int)
  /// The values of `cells` cells over this many characters do not fit in memory; `most` characters fit.
  case tooLarge(cells: Int, characters: Int, most: Int)
  /// The value of a cell after this character is not a finite number, so the weights are unusable.
  case notFinite(CellAddress, character: Int)
}

/// A cell of a network. Both numbers count from 0, as the tensors of a checkpoint do.
public struct CellAddress: Sendable, Hashable, Codable {
  /// Layer 0 reads the characters.
  public let layer: Int
  /// The place of the cell in its layer, 0 to H - 1.
  public let cell: Int

  /// Makes an address from two numbers that count from 0. It does not check that a network has such a cell.
  public init(layer: Int, cell: Int) {
    self.layer = layer
    self.cell = cell
  }
}

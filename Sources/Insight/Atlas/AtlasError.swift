import CharLSTM

/// Why there is no atlas of a text.
public enum AtlasError: Error, Sendable, Equatable {
  /// The passage begins behind the last of so many characters.
  case beyondTheEnd(from: Int, characters: Int)
  /// The passage has fewer than two characters: nothing can vary in it.
  case tooShort(characters: Int)
  /// So many cells over so many characters do not fit in memory; `most` characters do.
  case tooLarge(cells: Int, characters: Int, most: Int)
  /// What a cell holds after a character of the text is not a finite number; its weights are of no use.
  case notFinite(CellAddress, character: Int)
}

/// A cell of a network: both numbers count from 0, as the tensors of a checkpoint do.
public struct CellAddress: Sendable, Hashable, Codable {
  /// Layer 0 reads the characters.
  public let layer: Int
  /// 0 to H - 1, in its layer.
  public let cell: Int

  /// Both from 0; no network is asked whether it has such a cell.
  public init(layer: Int, cell: Int) {
    self.layer = layer
    self.cell = cell
  }
}

import CharLSTM

/// The value of every cell of a network after each character of a passage.
public struct CellActivations: Sendable {
  /// Which value of a cell is recorded.
  public enum Quantity: String, Sendable, Codable, CaseIterable {
    /// tanh(c): the cell state as it enters the product with the output gate (Karpathy, Johnson & Fei-Fei 2015).
    case cell
    /// h = o tanh(c): the value that the next step and the next layer read.
    case hidden

    /// "tanh(c)" or "h", for readers.
    public var symbol: String {
      switch self {
      case .cell: "tanh(c)"
      case .hidden: "h"
      }
    }
  }

  /// Which value of a cell `values` contains.
  public let quantity: Quantity
  /// The number of layers, L.
  public let layers: Int
  /// The hidden size, H.
  public let cellsPerLayer: Int
  /// The length of the passage in characters, without its warm-up.
  public let characters: Int
  /// `[L, H, characters]`, from -1 to 1.
  public private(set) var values: [Float]

  /// The maximum number of values in memory. They take 1 GiB.
  static let mostValues = 1 << 28

  /// The number of all cells, L · H.
  public var cells: Int { layers * cellsPerLayer }

  /// The values of one cell, one for each character. `index` is layer · H + cell.
  public subscript(index: Int) -> ArraySlice<Float> { values[index * characters..<(index + 1) * characters] }

  /// The layer and the cell number of `index`, which is layer · H + cell.
  public func address(of index: Int) -> CellAddress {
    CellAddress(layer: index / cellsPerLayer, cell: index % cellsPerLayer)
  }

  /// Takes `values` of shape `[L, H, characters]`.
  init(quantity: Quantity, layers: Int, cellsPerLayer: Int, characters: Int, values: [Float]) {
    precondition(values.count == layers * cellsPerLayer * characters, "\(values.count) values")
    self.quantity = quantity
    self.layers = layers
    self.cellsPerLayer = cellsPerLayer
    self.characters = characters
    self.values = values
  }

  /// Runs a model from a zero state over the warm-up of a passage, and then over the passage.
  ///
  /// - Returns: the values of the cells, and how often their gates were saturated.
  /// - Throws: `AtlasError.tooLarge` or `notFinite`.
  static func read(
    _ passage: TextPassage, with model: CharacterModel, quantity: Quantity, threads: Int
  ) throws(AtlasError) -> (activations: CellActivations, saturation: GateSaturation) {
    let configuration = model.configuration
    let (layers, hidden, characters) = (configuration.layers, configuration.hiddenSize, passage.range.count)
    let most = mostValues / (layers * hidden)
    guard characters <= most else { throw .tooLarge(cells: layers * hidden, characters: characters, most: most) }
    var state = RecurrentState(zeros: configuration)
    var logits = Logits(vocabularySize: configuration.vocabularySize)
    var gates = GateActivations(zeros: configuration)
    var saturation = GateSaturation(layers: layers, cellsPerLayer: hidden)
    var values = [Float](repeating: 0, count: layers * hidden * characters)
    for position in passage.warmUp {
      model.advance([passage.tokens[position]], state: &state, logits: &logits, threads: threads)
    }
    for (character, position) in passage.range.enumerated() {
      model.advance([passage.tokens[position]], state: &state, logits: &logits, gates: &gates, threads: threads)
      for layer in 0..<layers {
        let row =
          quantity == .cell
          ? state.cell(layer: layer, lane: 0).map { Float(Double.tanh(Double($0))) }
          : state.hidden(layer: layer, lane: 0)
        for (cell, value) in row.enumerated() {
          guard value.isFinite else { throw .notFinite(.init(layer: layer, cell: cell), character: position) }
          values[(layer * hidden + cell) * characters + character] = value
        }
      }
      saturation.count(gates)
    }
    return (
      CellActivations(
        quantity: quantity, layers: layers, cellsPerLayer: hidden, characters: characters, values: values), saturation
    )
  }
}

import CharLSTM

/// What every cell of a network holds after each character of a passage.
public struct CellActivations: Sendable {
  /// What of a cell is looked at.
  public enum Quantity: String, Sendable, Codable, CaseIterable {
    /// tanh(c): the cell state as the output gate finds it (Karpathy, Johnson & Fei-Fei 2015).
    case cell
    /// h = o tanh(c): what the cell shows to the next step and layer.
    case hidden

    /// "tanh(c)" or "h", for readers.
    public var symbol: String {
      switch self {
      case .cell: "tanh(c)"
      case .hidden: "h"
      }
    }
  }

  /// What `values` are of.
  public let quantity: Quantity
  /// L.
  public let layers: Int
  /// H.
  public let cellsPerLayer: Int
  /// Those of the passage, its warm-up not among them.
  public let characters: Int
  /// `[L, H, characters]`, from -1 to 1.
  public private(set) var values: [Float]

  /// Most values held at a time, 1 GiB of them.
  static let mostValues = 1 << 28

  /// L · H.
  public var cells: Int { layers * cellsPerLayer }

  /// The values of a cell, one for each character, by its place in the order of all cells: layer · H + cell.
  public subscript(index: Int) -> ArraySlice<Float> { values[index * characters..<(index + 1) * characters] }

  /// Layer and cell of a place in the order of all cells, layer · H + cell.
  public func address(of index: Int) -> CellAddress {
    CellAddress(layer: index / cellsPerLayer, cell: index % cellsPerLayer)
  }

  /// `values` are `[L, H, characters]`.
  init(quantity: Quantity, layers: Int, cellsPerLayer: Int, characters: Int, values: [Float]) {
    precondition(values.count == layers * cellsPerLayer * characters, "\(values.count) values")
    self.quantity = quantity
    self.layers = layers
    self.cellsPerLayer = cellsPerLayer
    self.characters = characters
    self.values = values
  }

  /// Lets a model read a passage, after its warm-up, from a zero state.
  ///
  /// - Returns: what the cells hold, and how often their gates were saturated.
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
          ? state.cell(layer: layer, lane: 0).map { Float(Double.tanh(Double($0))) } : state.hidden(layer: layer, lane: 0)
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

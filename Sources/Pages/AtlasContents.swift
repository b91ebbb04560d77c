import CharLSTM
import Insight

/// The data that the script of an atlas page reads, except for the values of the cells. Correlations and counts are
/// exact.
struct AtlasContents: Codable, Equatable {
  struct Feature: Codable, Equatable {
    let id: TextFeature
    let name: String
    let definition: String
    let isBinary: Bool
    let mean: Double
    /// One value for each character.
    let values: [Int]
    /// One correlation for each cell of the page.
    let correlations: [Double?]
  }

  struct Saturation: Codable, Equatable {
    let gate: String
    /// The number of characters at which the gate is below 0.1, for each cell of the page.
    let left: [Int]
    /// The number of characters at which the gate is above 0.9, for each cell of the page.
    let right: [Int]
    /// The shares and counts over all cells of each layer.
    let layers: [Layer]

    struct Layer: Codable, Equatable {
      let left: Double
      let right: Double
      let alwaysLeft: Int
      let alwaysRight: Int
    }
  }

  /// "tanh(c)" or "h".
  let symbol: String
  let layers: Int
  let cellsPerLayer: Int
  /// The position of the first character in the whole text, counted from 0.
  let from: Int
  /// Each distinct character: the text to show, and its name.
  let characters: [[String]]
  /// For each character of the text, its index in `characters`.
  let text: [Int]
  let features: [Feature]
  let saturation: [Saturation]
  /// A gate counts as always saturated if it is saturated at this share of the characters or more.
  let always: Double
  /// Layer and number of each cell of the page. All arrays are in this order.
  let cells: [[Int]]
  let lowest: [Float]
  let highest: [Float]
  /// The number of bits of a value.
  let bits: Int
  /// The number of base-64 digits of a row.
  let rowLength: Int

  init(_ atlas: CellAtlas, characters shown: [ShownCharacter], cells kept: [Int], bits: Int) {
    let activations = atlas.activations
    var places: [ShownCharacter: Int] = [:]
    var characters: [[String]] = []
    text = shown.map { character in
      if let place = places[character] { return place }
      places[character] = characters.count
      characters.append([character.text, character.name])
      return characters.count - 1
    }
    self.characters = characters
    symbol = activations.quantity.symbol
    layers = activations.layers
    cellsPerLayer = activations.cellsPerLayer
    from = atlas.passage.range.lowerBound
    features = atlas.features.enumerated().map { index, feature in
      Feature(
        id: feature.feature, name: feature.feature.name, definition: feature.feature.definition,
        isBinary: feature.feature.isBinary, mean: feature.mean, values: feature.values,
        correlations: kept.map { atlas.correlations.values[index][$0] })
    }
    saturation = GateSaturation.gates.map { Saturation(atlas, gate: $0, cells: kept) }
    always = GateSaturation.always
    cells = kept.map { [$0 / activations.cellsPerLayer, $0 % activations.cellsPerLayer] }
    lowest = kept.map { activations[$0].min() ?? 0 }
    highest = kept.map { activations[$0].max() ?? 0 }
    self.bits = bits
    rowLength = QuantizedRow.digitCount(activations.characters, bits: bits)
  }
}

extension AtlasContents.Saturation {
  init(_ atlas: CellAtlas, gate: Gate, cells: [Int]) {
    let saturation = atlas.saturation
    func counts(_ side: GateSaturation.Side) -> [Int] {
      let byLayer = (0..<saturation.layers).map { Array(saturation.counts(side, gate, layer: $0)) }
      return cells.map { byLayer[$0 / saturation.cellsPerLayer][$0 % saturation.cellsPerLayer] }
    }
    self.gate = gate.name
    left = counts(.left)
    right = counts(.right)
    layers = (0..<saturation.layers).map { layer in
      Layer(
        left: saturation.share(.left, gate, layer: layer), right: saturation.share(.right, gate, layer: layer),
        alwaysLeft: saturation.cellsAlways(.left, gate, layer: layer),
        alwaysRight: saturation.cellsAlways(.right, gate, layer: layer))
    }
  }
}

import Tensors

/// Hidden and cell state of every layer for a number of lanes: all that an LSTM remembers. A value: a copy is a snapshot.
public struct RecurrentState: Sendable, Equatable {
  /// The sizes of the network that it belongs to: L layers of H cells.
  public let configuration: ModelConfiguration
  /// B.
  public let lanes: Int
  var values: AlignedFloats
  /// `[2 · B, H]` each: a step reads one half and writes the other.
  let h: [PanelRegion]
  /// `[B, H]` each.
  let c: [PanelRegion]
  /// Which half of h is current.
  var half = 0

  /// All zeros, as at the start of a text.
  public init(zeros configuration: ModelConfiguration, lanes: Int = 1) {
    var allocator = PanelAllocator()
    self.configuration = configuration
    self.lanes = lanes
    h = (0..<configuration.layers).map { _ in allocator.region(rows: 2 * lanes, columns: configuration.hiddenSize) }
    c = (0..<configuration.layers).map { _ in allocator.region(rows: lanes, columns: configuration.hiddenSize) }
    values = AlignedFloats(zeros: allocator.count)
  }

  /// h of a layer for one lane, `[H]`.
  public func hidden(layer: Int, lane: Int) -> [Float] { row(h[layer], half * lanes + lane) }

  /// c of a layer for one lane, `[H]`.
  public func cell(layer: Int, lane: Int) -> [Float] { row(c[layer], lane) }

  private func row(_ region: PanelRegion, _ row: Int) -> [Float] {
    (0..<configuration.hiddenSize).map { values[region.index(row: row, column: $0)] }
  }

  /// Overwrites the state of one lane of a layer; both arrays are `[H]`.
  public mutating func set(layer: Int, lane: Int, hidden: [Float], cell: [Float]) {
    precondition(hidden.count == configuration.hiddenSize && cell.count == hidden.count, "\(hidden.count) values")
    for (column, value) in hidden.enumerated() {
      values[h[layer].index(row: half * lanes + lane, column: column)] = value
    }
    for (column, value) in cell.enumerated() { values[c[layer].index(row: lane, column: column)] = value }
  }

  /// Makes `lane` continue where lane `other` of `source` stands.
  public mutating func copyLane(_ lane: Int, from source: RecurrentState, lane other: Int = 0) {
    precondition(source.configuration == configuration, "states of different networks")
    for layer in 0..<configuration.layers {
      set(
        layer: layer, lane: lane, hidden: source.hidden(layer: layer, lane: other),
        cell: source.cell(layer: layer, lane: other))
    }
  }
}

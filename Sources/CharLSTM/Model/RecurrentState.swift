import Tensors

/// The hidden and cell states of all layers, for a number of lanes. An LSTM remembers nothing else. The state is a
/// value, so a copy is a snapshot.
public struct RecurrentState: Sendable, Equatable {
  /// The sizes of the network that the state belongs to: L layers of H cells.
  public let configuration: ModelConfiguration
  /// The number of lanes, B.
  public let lanes: Int
  var values: AlignedFloats
  /// The hidden state of each layer, `[2 · B, H]`. A step reads one half and writes the other.
  let h: [PanelRegion]
  /// The cell state of each layer, `[B, H]`.
  let c: [PanelRegion]
  /// The current half of `h`: 0 or 1.
  var half = 0

  /// Makes a state of zeros, as at the start of a text.
  public init(zeros configuration: ModelConfiguration, lanes: Int = 1) {
    var allocator = PanelAllocator()
    self.configuration = configuration
    self.lanes = lanes
    h = (0..<configuration.layers).map { _ in allocator.region(rows: 2 * lanes, columns: configuration.hiddenSize) }
    c = (0..<configuration.layers).map { _ in allocator.region(rows: lanes, columns: configuration.hiddenSize) }
    values = AlignedFloats(zeros: allocator.count)
  }

  /// The hidden state h of a layer in one lane, `[H]`.
  public func hidden(layer: Int, lane: Int) -> [Float] { row(h[layer], half * lanes + lane) }

  /// The cell state c of a layer in one lane, `[H]`.
  public func cell(layer: Int, lane: Int) -> [Float] { row(c[layer], lane) }

  private func row(_ region: PanelRegion, _ row: Int) -> [Float] {
    (0..<configuration.hiddenSize).map { values[region.index(row: row, column: $0)] }
  }

  /// Overwrites the state of a layer in one lane. Both arrays are `[H]`.
  public mutating func set(layer: Int, lane: Int, hidden: [Float], cell: [Float]) {
    precondition(hidden.count == configuration.hiddenSize && cell.count == hidden.count, "\(hidden.count) values")
    for (column, value) in hidden.enumerated() {
      values[h[layer].index(row: half * lanes + lane, column: column)] = value
    }
    for (column, value) in cell.enumerated() { values[c[layer].index(row: lane, column: column)] = value }
  }

  /// Copies the state of lane `other` of `source` into `lane`.
  public mutating func copyLane(_ lane: Int, from source: RecurrentState, lane other: Int = 0) {
    precondition(source.configuration == configuration, "states of different networks")
    for layer in 0..<configuration.layers {
      set(
        layer: layer, lane: lane, hidden: source.hidden(layer: layer, lane: other),
        cell: source.cell(layer: layer, lane: other))
    }
  }
}

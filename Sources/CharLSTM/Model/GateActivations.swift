import Tensors

/// The gates of every layer and lane at the last step of a model. `CharacterModel.advance` stores them on request, to
/// show a network at work. Writing text does not need them.
public struct GateActivations: Sendable {
  /// The sizes of the network that the gates belong to.
  public let configuration: ModelConfiguration
  /// The number of lanes, B.
  public let lanes: Int
  var values: AlignedFloats
  /// The gates of each layer, `[B, 4H]`.
  let regions: [PanelRegion]

  /// Makes room for the gates of one step. They are all zero.
  public init(zeros configuration: ModelConfiguration, lanes: Int = 1) {
    var allocator = PanelAllocator()
    self.configuration = configuration
    self.lanes = lanes
    let columns = Gates.columns(cells: configuration.hiddenSize)
    regions = (0..<configuration.layers).map { _ in allocator.region(rows: lanes, columns: columns) }
    values = AlignedFloats(zeros: allocator.count)
  }

  /// The values of one gate for all cells of a layer in one lane, `[H]`. They are between 0 and 1; those of the
  /// candidate are between -1 and 1.
  public func values(of gate: Gate, layer: Int, lane: Int) -> [Float] {
    (0..<configuration.hiddenSize).map { cell in
      values[regions[layer].index(row: lane, column: gate.column(ofCell: cell))]
    }
  }
}

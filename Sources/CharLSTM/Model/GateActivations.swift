import Tensors

/// The gates of every layer and lane in the last step of a model that was asked to keep them: for those who look at a network
/// at work. Writing text does without.
public struct GateActivations: Sendable {
  /// Of the network whose gates these are.
  public let configuration: ModelConfiguration
  /// B.
  public let lanes: Int
  var values: AlignedFloats
  /// `[B, 4H]` each.
  let regions: [PanelRegion]

  /// Room for the gates of a step, all zeros.
  public init(zeros configuration: ModelConfiguration, lanes: Int = 1) {
    var allocator = PanelAllocator()
    self.configuration = configuration
    self.lanes = lanes
    let columns = Gates.columns(cells: configuration.hiddenSize)
    regions = (0..<configuration.layers).map { _ in allocator.region(rows: lanes, columns: columns) }
    values = AlignedFloats(zeros: allocator.count)
  }

  /// One gate of all cells of a layer in one lane, `[H]`: 0 to 1, the candidate -1 to 1.
  public func values(of gate: Gate, layer: Int, lane: Int) -> [Float] {
    (0..<configuration.hiddenSize).map { cell in
      values[regions[layer].index(row: lane, column: gate.column(ofCell: cell))]
    }
  }
}

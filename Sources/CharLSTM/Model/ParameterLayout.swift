import Tensors

/// Where each parameter of a network lies in its one block of floats.
///
/// Weights are stored `[input, output]` in panels, as the kernels read them, the gates' columns interleaved
/// (`Gate.column(ofCell:)`). Gradients and the optimizer's moments have the same layout.
public struct ParameterLayout: Sendable, Equatable {
  /// Where the parameters of one LSTM layer lie. D and H are rounded up to multiples of 16 here.
  public struct Layer: Sendable, Equatable {
    /// `[D, 4H]`, for the first layer without embedding `[V, 4H]`, for the others `[H, 4H]`.
    public let inputWeights: PanelRegion
    /// `[H, 4H]`.
    public let recurrentWeights: PanelRegion
    /// `[1, 4H]`.
    public let bias: PanelRegion
  }

  /// The sizes that the places were made for.
  public let configuration: ModelConfiguration
  /// `[V, D]`; nil for one-hot input.
  public let embedding: PanelRegion?
  /// L of them, the one that reads characters first.
  public let layers: [Layer]
  /// `[H, V]`.
  public let decoderWeights: PanelRegion
  /// `[1, V]`.
  public let decoderBias: PanelRegion
  /// Floats in the block, padding included.
  public let count: Int

  /// Lays out embedding, layers and decoder one after the other.
  /// - Precondition: the sizes are valid (`ModelConfiguration.validate()`).
  public init(_ configuration: ModelConfiguration) {
    var allocator = PanelAllocator()
    let hidden = PanelRegion.padded(configuration.hiddenSize)
    self.configuration = configuration
    embedding =
      configuration.embeddingSize > 0
      ? allocator.region(rows: configuration.vocabularySize, columns: configuration.embeddingSize) : nil
    layers = (0..<configuration.layers).map { layer in
      // one-hot input is looked up, never multiplied: its rows need no padding
      let input =
        layer == 0 && configuration.embeddingSize == 0
        ? configuration.vocabularySize : PanelRegion.padded(configuration.inputSize(ofLayer: layer))
      return Layer(
        inputWeights: allocator.region(rows: input, columns: Gates.columns(cells: hidden)),
        recurrentWeights: allocator.region(rows: hidden, columns: Gates.columns(cells: hidden)),
        bias: allocator.region(rows: 1, columns: Gates.columns(cells: hidden)))
    }
    decoderWeights = allocator.region(rows: hidden, columns: configuration.vocabularySize)
    decoderBias = allocator.region(rows: 1, columns: configuration.vocabularySize)
    count = allocator.count
  }
}

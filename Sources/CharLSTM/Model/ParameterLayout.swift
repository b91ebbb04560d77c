import Tensors

/// The place of each parameter of a network in one block of floats.
///
/// Weights are stored as `[input, output]`, in the panels that the kernels read. The columns of the four gates are
/// interleaved (`Gate.column(ofCell:)`). Gradients and the optimizer's moments have the same layout.
public struct ParameterLayout: Sendable, Equatable {
  /// The places of the parameters of one LSTM layer. Here D and H are rounded up to multiples of 16.
  public struct Layer: Sendable, Equatable {
    /// W, stored as `[X, 4H]`. X is H for the layers above the first. For the first layer it is D, or V for one-hot
    /// input.
    public let inputWeights: PanelRegion
    /// U, stored as `[H, 4H]`.
    public let recurrentWeights: PanelRegion
    /// b, `[1, 4H]`.
    public let bias: PanelRegion
  }

  /// The sizes that the layout was made for.
  public let configuration: ModelConfiguration
  /// E, `[V, D]`; nil for one-hot input.
  public let embedding: PanelRegion?
  /// The L layers. The first one reads the characters.
  public let layers: [Layer]
  /// W', stored as `[H, V]`, with H rounded up to a multiple of 16.
  public let decoderWeights: PanelRegion
  /// b', `[1, V]`.
  public let decoderBias: PanelRegion
  /// The number of floats in the block, including padding.
  public let count: Int

  /// Lays out the embedding, the layers and the decoder, one after the other.
  /// - Precondition: The sizes are valid (`ModelConfiguration.validate()`).
  public init(_ configuration: ModelConfiguration) {
    var allocator = PanelAllocator()
    let hidden = PanelRegion.padded(configuration.hiddenSize)
    self.configuration = configuration
    embedding =
      configuration.embeddingSize > 0
      ? allocator.region(rows: configuration.vocabularySize, columns: configuration.embeddingSize) : nil
    layers = (0..<configuration.layers).map { layer in
      // one-hot input is looked up and never multiplied, so its rows need no padding
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

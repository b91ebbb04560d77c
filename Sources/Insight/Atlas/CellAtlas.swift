import CharLSTM

/// Which features of a text the cells of a network follow, and how saturated their gates are while the network reads it
/// (Karpathy, "The Unreasonable Effectiveness of Recurrent Neural Networks", 2015; Karpathy, Johnson & Fei-Fei,
/// "Visualizing and Understanding Recurrent Networks", 2015).
public struct CellAtlas: Sendable {
  /// The passage that was read, within its text.
  public let passage: TextPassage
  /// The value of each cell after each character of the passage, `[L, H, characters]`.
  public let activations: CellActivations
  /// The features that vary in the passage.
  public let features: [FeatureValues]
  /// The features that do not vary in the passage: no cell can follow them here.
  public let constantFeatures: [TextFeature]
  /// The correlation of every cell with each of `features`, in their order.
  public let correlations: CellCorrelations
  /// How often the gates were nearly shut or nearly open. Only the characters of the passage count.
  public let saturation: GateSaturation

  /// Runs a model from a zero state over the characters before a passage (`TextPassage.warmUp`), and then over the
  /// passage.
  ///
  /// - Parameters:
  ///   - model: a model with the vocabulary of the passage.
  ///   - passage: the passage to read and analyse.
  ///   - quantity: the value of a cell that is recorded and correlated.
  ///   - threads: the number of threads; the result does not depend on it.
  /// - Throws: `AtlasError.tooLarge` or `notFinite`.
  public init(
    _ model: CharacterModel, passage: TextPassage, quantity: CellActivations.Quantity = .cell, threads: Int = 1
  ) throws(AtlasError) {
    let all = FeatureValues.all(in: passage)
    self.passage = passage
    features = all.filter(\.varies)
    constantFeatures = all.filter { !$0.varies }.map(\.feature)
    (activations, saturation) = try CellActivations.read(passage, with: model, quantity: quantity, threads: threads)
    correlations = CellCorrelations(activations, features, threads: threads)
  }

  /// A cell, and its correlation with a feature.
  public struct Ranked: Sendable, Equatable {
    /// Layer and cell, both counted from 0.
    public let address: CellAddress
    /// Pearson's correlation, -1 to 1. Below 0 the cell falls where the feature rises.
    public let correlation: Double
  }

  /// The cells that follow a feature most closely, the closest first. Cells that do not vary are left out.
  public func best(_ count: Int, for feature: Int) -> [Ranked] {
    correlations.ranking(by: feature).prefix(count).compactMap { cell in
      correlations.values[feature][cell].map { Ranked(address: activations.address(of: cell), correlation: $0) }
    }
  }
}

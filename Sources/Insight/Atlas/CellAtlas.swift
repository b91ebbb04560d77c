import CharLSTM

/// What the cells of a network follow in a text, and how their gates work while it is read (Karpathy, "The Unreasonable
/// Effectiveness of Recurrent Neural Networks", 2015; Karpathy, Johnson & Fei-Fei, "Visualizing and Understanding Recurrent
/// Networks", 2015).
public struct CellAtlas: Sendable {
  /// What was read, within its text.
  public let passage: TextPassage
  /// What each cell held after each character of the passage, `[L, H, characters]`.
  public let activations: CellActivations
  /// Those that vary in the passage.
  public let features: [FeatureValues]
  /// Those that do not: no cell can follow them here.
  public let constantFeatures: [TextFeature]
  /// Of every cell with `features`, in their order.
  public let correlations: CellCorrelations
  /// How often the gates were shut or open, over the characters of the passage alone.
  public let saturation: GateSaturation

  /// Lets a model read a passage: from a zero state, first the characters before it (`TextPassage.warmUp`), then its own.
  ///
  /// - Parameters:
  ///   - model: of the vocabulary that the passage is in.
  ///   - passage: what is read and looked at.
  ///   - quantity: what of a cell is looked at and correlated.
  ///   - threads: the result does not depend on them.
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
    /// Pearson's, -1 to 1; below 0 the cell falls where the feature rises.
    public let correlation: Double
  }

  /// The cells that follow a feature most closely, the closest first; none of those that do not vary.
  public func best(_ count: Int, for feature: Int) -> [Ranked] {
    correlations.ranking(by: feature).prefix(count).compactMap { cell in
      correlations.values[feature][cell].map { Ranked(address: activations.address(of: cell), correlation: $0) }
    }
  }
}

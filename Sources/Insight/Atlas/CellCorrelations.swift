import CharLSTM

/// Pearson's correlation of every cell with every feature that varies, computed in double precision.
public struct CellCorrelations: Sendable {
  /// The features of the rows of `values`, in their order.
  public let features: [TextFeature]
  /// The number of all cells, L · H.
  public let cells: Int
  /// `[features, L · H]`; nil for a cell that does not vary, because it has no correlation.
  public let values: [[Double?]]

  /// - Precondition: each feature varies and has one value for each character of the activations.
  /// - Complexity: O(cells · features · characters). The result does not depend on the number of threads.
  init(_ activations: CellActivations, _ features: [FeatureValues], threads: Int) {
    self.features = features.map(\.feature)
    cells = activations.cells
    let centred = features.map { Centred($0.values) }
    let byCell = Processor(threads: threads).map(parts: activations.cells) { cell in
      let values = activations[cell]
      return Self.correlations(of: values, with: centred)
    }
    values = features.indices.map { feature in byCell.map { $0[feature] } }
  }

  /// A feature minus its mean.
  private struct Centred {
    let values: [Double]
    let sumOfSquares: Double

    init(_ feature: [Int]) {
      let mean = feature.reduce(0) { $0 + Double($1) } / Double(feature.count)
      values = feature.map { Double($0) - mean }
      sumOfSquares = values.reduce(0) { $0 + $1 * $1 }
    }
  }

  private static func correlations(of values: ArraySlice<Float>, with features: [Centred]) -> [Double?] {
    // rounding can make the mean of equal numbers differ from them in the last bit, which would look like variation
    guard values.contains(where: { $0 != values.first }) else { return features.map { _ in nil } }
    let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
    let centred = values.map { Double($0) - mean }
    let sumOfSquares = centred.reduce(0) { $0 + $1 * $1 }
    return features.map { feature in
      precondition(feature.values.count == centred.count, "\(feature.values.count) values of a feature")
      var sum = 0.0
      for index in centred.indices { sum += centred[index] * feature.values[index] }
      let scale = (sumOfSquares * feature.sumOfSquares).squareRoot()
      return scale > 0 ? max(-1, min(1, sum / scale)) : nil
    }
  }

  /// All cells, sorted by the magnitude of their correlation with a feature, the largest first. Cells without a
  /// correlation come last. Cells with equal magnitudes stay in the order of their numbers.
  public func ranking(by feature: Int) -> [Int] {
    let sizes = values[feature].map { $0?.magnitude ?? -1 }
    return sizes.indices.sorted { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1 }
  }

  /// All cells, sorted by their best rank for any feature. Cells with equal ranks are sorted by the magnitude of the
  /// correlation, the largest first. So the list begins with the best cell of each feature.
  public var bestFirst: [Int] {
    var best = [(rank: Int, size: Double)](repeating: (.max, -1), count: cells)
    for feature in features.indices {
      for (rank, cell) in ranking(by: feature).enumerated() {
        let size = values[feature][cell]?.magnitude ?? -1
        if rank < best[cell].rank || rank == best[cell].rank && size > best[cell].size { best[cell] = (rank, size) }
      }
    }
    return best.indices.sorted { a, b in
      if best[a].rank != best[b].rank { return best[a].rank < best[b].rank }
      return best[a].size != best[b].size ? best[a].size > best[b].size : a < b
    }
  }
}

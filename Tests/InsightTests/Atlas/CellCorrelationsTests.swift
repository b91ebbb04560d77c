import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct CellCorrelationsTests {
  private func activations(_ rows: [[Float]], layers: Int = 1) -> CellActivations {
    CellActivations(
      quantity: .cell, layers: layers, cellsPerLayer: rows.count / layers, characters: rows[0].count,
      values: rows.flatMap { $0 })
  }

  /// Computes both means first, and then the sums of products.
  private func naive(_ x: [Double], _ y: [Double]) -> Double {
    let n = Double(x.count)
    let (mx, my) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
    var (xy, xx, yy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      xy += (a - mx) * (b - my)
      xx += (a - mx) * (a - mx)
      yy += (b - my) * (b - my)
    }
    return xy / (xx.squareRoot() * yy.squareRoot())
  }

  @Test func equalTheNaiveFormula() throws {
    var generator = SeededGenerator(seed: 3)
    let rows = (0..<7).map { _ in (0..<500).map { _ in Float(2 * generator.uniform() - 1) } }
    let features = (0..<3).map { index in
      FeatureValues(.linePosition, values: (0..<500).map { _ in Int(generator.next() % UInt64(2 + 30 * index)) })
    }
    let correlations = CellCorrelations(activations(rows), features, threads: 1)
    for (feature, values) in features.enumerated() {
      for cell in 0..<7 {
        let expected = naive(rows[cell].map(Double.init), values.values.map(Double.init))
        #expect(abs(try #require(correlations.values[feature][cell]) - expected) < 1e-12)
      }
    }
    for threads in [2, 5] {
      #expect(CellCorrelations(activations(rows), features, threads: threads).values == correlations.values)
    }
  }

  @Test func exactOnes() {
    let feature = FeatureValues(.digit, values: [0, 1, 0, 0, 1])
    let rows: [[Float]] = [
      [0.25, 0.75, 0.25, 0.25, 0.75], [0.1, -0.3, 0.1, 0.1, -0.3], [0.7, 0.7, 0.7, 0.7, 0.7], [0, 0, 0, 0, 1],
    ]
    let correlations = CellCorrelations(activations(rows), [feature], threads: 1)
    let values = correlations.values[0]
    #expect(values[0] == 1 && values[2] == nil)
    #expect(values[1].map { abs($0 + 1) < 1e-12 } == true)
    // x, y = 0 0 0 0 1, 0 1 0 0 1: 0.6 / sqrt(0.8 * 1.2)
    #expect(values[3].map { abs($0 - 0.6 / (0.8 * 1.2).squareRoot()) < 1e-12 } == true)
    #expect(correlations.ranking(by: 0) == [0, 1, 3, 2])
  }

  @Test func bestFirstTakesTheFirstOfEveryFeatureBeforeTheSecondOfAny() {
    let features = [
      FeatureValues(.space, values: [0, 0, 0, 0, 1, 1, 1, 1]), FeatureValues(.digit, values: [0, 1, 0, 1, 0, 1, 0, 1]),
    ]
    let rows: [[Float]] = [
      [0, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 1, 1, 1, 1],  // space: 1
      [0, 0, 0, 0.1, 1, 1, 1, 1],  // space: second
      [0, 1, 0, 1, 0, 0, 0, 1],  // digit: 0.77
      [0, 1, 0, 0, 0, 0, 0, 0],  // a little of both
    ]
    let correlations = CellCorrelations(activations(rows), features, threads: 1)
    #expect(correlations.ranking(by: 0).prefix(2) == [1, 2])
    #expect(correlations.ranking(by: 1).first == 3)
    #expect(correlations.bestFirst.prefix(3) == [1, 3, 2])
    #expect(correlations.bestFirst.last == 0)
    #expect(CellCorrelations(activations(rows), [], threads: 1).bestFirst == [0, 1, 2, 3, 4])
  }
}

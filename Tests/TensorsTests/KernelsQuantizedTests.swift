import Testing

@testable import Tensors

/// Activations and weights in integers, as `quantizeRows` and `quantizeWeights` should make them.
private struct Quantized {
  var words: TestMatrix
  var sums: TestMatrix
  var weights: TestMatrix
  var scales: TestMatrix

  init(_ a: TestMatrix, _ b: TestMatrix, _ kernels: Kernels) {
    let (rows, inner) = (a.region.rows, a.region.columns)
    let columns = Kernels.quantizedColumns(inner)
    words = TestMatrix(zeros: rows, columns.words)
    sums = TestMatrix(zeros: rows, columns.sums)
    weights = TestMatrix(zeros: Kernels.quantizedRows(b.region.rows), b.region.columns)
    scales = TestMatrix(zeros: 1, b.region.columns)
    let panels = weights.region.panelCount
    words.write { words in
      sums.write { sums in
        a.read { kernels.quantizeRows(words: words, sums: sums, row: 0, $0, row: 0, rows: rows) }
      }
    }
    weights.write { weights in
      scales.write { scales in
        b.read { b in
          for panel in 0..<panels { kernels.quantizeWeights(into: weights, scales: scales, b, panel: panel) }
        }
      }
    }
  }

  func product(start: TestMatrix, _ kernels: Kernels) -> TestMatrix {
    var c = TestMatrix(zeros: words.region.rows, weights.region.columns)
    c.write { c in
      words.read { words in
        sums.read { sums in
          weights.read { weights in
            scales.read { scales in
              start.read {
                kernels.product(
                  into: c, row: 0, rows: words.rows,
                  QuantizedOperand(words: words, sums: sums, row: 0, weights: weights, scales: scales), start: $0)
              }
            }
          }
        }
      }
    }
    return c
  }
}

@Suite struct KernelsQuantizedTests {
  /// Integers by the definition, added exactly in blocks of 256, then as floats.
  @Test(arguments: availableVariants) func productEqualsTheDefinition(variant: KernelVariant) {
    let kernels = Kernels(variant: variant)
    for (rows, inner, columns) in [(1, 1, 1), (2, 17, 33), (3, 64, 100), (7, 300, 65), (4, 640, 17), (1, 1030, 64)] {
      let a = TestMatrix(rows: rows, columns: inner, seed: 1)
      let b = TestMatrix(rows: PanelRegion.padded(inner), columns: columns, seed: 2)
      let start = TestMatrix(rows: 1, columns: columns, seed: 3)
      let quantized = Quantized(a, b, kernels)
      let c = quantized.product(start: start, kernels)
      for column in 0..<columns {
        let largest = (0..<PanelRegion.padded(inner)).map { abs(b[$0, column]) }.max() ?? 0
        let weights = (0..<inner).map { Int((b[$0, column] * (127 / largest)).rounded(.toNearestOrEven)) }
        for row in 0..<rows {
          var sum: Float = 0
          for block in stride(from: 0, to: inner, by: 256) {
            sum += Float(
              (block..<min(inner, block + 256)).reduce(0) {
                $0 + Int((a[row, $1] * 16384).rounded(.toNearestOrEven)) * weights[$1]
              })
          }
          let expected = start[0, column].addingProduct(largest / (127 * 16384), sum)
          #expect(c[row, column] == expected, "\(rows) x \(inner) x \(columns) at \(row), \(column)")
        }
      }
    }
  }

  /// Weights are off by half a step at most: a 254th of the largest of their column.
  @Test func productIsCloseToTheExactOne() {
    let kernels = Kernels()
    let a = TestMatrix(rows: 4, columns: 500, seed: 7)
    let b = TestMatrix(rows: 512, columns: 48, seed: 8)
    let c = Quantized(a, b, kernels).product(start: TestMatrix(zeros: 1, 48), kernels)
    for row in 0..<4 {
      for column in 0..<48 {
        let exact = (0..<500).reduce(0.0) { $0 + Double(a[row, $1]) * Double(b[$1, column]) }
        let bound = (0..<500).reduce(0.0) { $0 + abs(Double(a[row, $1])) / 254 + 1 / 32768 } * 1.001
        #expect(abs(Double(c[row, column]) - exact) <= bound)
        #expect(abs(Double(c[row, column]) - exact) < 0.3)
      }
    }
  }

  @Test(arguments: availableVariants) func theEndsOfTheRangeDoNotOverflow(variant: KernelVariant) {
    let kernels = Kernels(variant: variant)
    // all activations and weights at their ends, and some beyond
    let a = TestMatrix(rows: 2, columns: 2048) { row, column in row == 0 ? 1 : (column % 2 == 0 ? -7 : .infinity) }
    let b = TestMatrix(rows: 2048, columns: 16) { row, column in column == 0 ? 1 : (row % 2 == 0 ? -1 : 1) }
    let c = Quantized(a, b, kernels).product(start: TestMatrix(zeros: 1, 16), kernels)
    #expect(abs(c[0, 0] - 2048) < 1e-3)
    #expect(c[0, 1] == 0)
    #expect(c[1, 0] == 0)
    #expect(abs(c[1, 1] - 2048) < 1e-3)
  }

  @Test(arguments: availableVariants, [0, Float(bitPattern: 700)])
  func columnsOfNothingGiveTheStart(variant: KernelVariant, value: Float) {
    let a = TestMatrix(rows: 1, columns: 32, seed: 1)
    let start = TestMatrix(rows: 1, columns: 16, seed: 2)
    let kernels = Kernels(variant: variant)
    let weights = TestMatrix(rows: 32, columns: 16) { _, _ in value }
    let c = Quantized(a, weights, kernels).product(start: start, kernels)
    #expect(c.bits == start.bits)
  }
}

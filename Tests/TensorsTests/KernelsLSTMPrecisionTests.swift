import Testing

@testable import Tensors

@Suite struct KernelsLSTMPrecisionTests {
  private static let cases = [(lanes: 1, cells: 1), (2, 17), (5, 64), (7, 100), (4, 300)]

  /// A step that starts from the sums that `product` gives for the same operands, and multiplies nothing but zeros.
  private func step(
    _ kernels: Kernels, start: TestMatrix, rows: [Int32], c: TestMatrix, cells: Int, lanes: Int,
    groups: Range<Int>? = nil, operands: ((PanelView) -> LSTMOperands)? = nil
  ) -> (h: TestMatrix, c: TestMatrix) {
    var (h, c) = (TestMatrix(zeros: lanes, cells), c)
    let zeroWeights = TestMatrix(zeros: PanelRegion.padded(cells), 4 * PanelRegion.padded(cells))
    let zeroRows = TestMatrix(zeros: lanes, cells)
    h.write { h in
      c.write { c in
        start.read { start in
          zeroWeights.read { zeroWeights in
            zeroRows.read { zeroRows in
              kernels.lstmStep(
                LSTMStep(
                  lanes: 0..<lanes, groups: groups, start: start, startRows: rows[...],
                  operands: operands.map { $0(start) }
                    ?? .float32(input: nil, recurrent: ProductOperand(rows: zeroRows, row: 0, weights: zeroWeights)),
                  h: h, hAfter: 0, c: c, cBefore: 0, cAfter: 0, gates: nil))
            }
          }
        }
      }
    }
    return (h, c)
  }

  @Test(arguments: availableVariants) func bfloat16StepAddsTheProductOfPairs(variant: KernelVariant) {
    let kernels = Kernels(variant: variant)
    for (lanes, cells) in Self.cases {
      let padded = PanelRegion.padded(cells)
      let start = TestMatrix(rows: 1, columns: 4 * padded, seed: 1)
      let c = TestMatrix(rows: lanes, columns: cells, seed: 2)
      let h = TestMatrix(rows: lanes, columns: cells, seed: 3)
      let u = TestMatrix(rows: padded, columns: 4 * padded, seed: 4)
      var rounded = TestMatrix(zeros: lanes, Kernels.roundedColumns(cells))
      var pairs = TestMatrix(zeros: Kernels.pairedRows(cells), 4 * padded)
      rounded.write { to in h.read { kernels.roundRows(into: to, row: 0, $0, row: 0, rows: lanes) } }
      pairs.write { to in u.read { kernels.pairRows(into: to, row: 0, $0, row: 0, rows: padded) } }
      var sums = TestMatrix(zeros: lanes, 4 * padded)
      rounded.read { rounded in
        pairs.read { pairs in
          sums.write { sums in
            start.read {
              kernels.product(into: sums, row: 0, rounded, row: 0, rows: lanes, pairs, start: $0, pairs: true)
            }
          }
          let found = step(kernels, start: start, rows: [], c: c, cells: cells, lanes: lanes) { _ in
            .bfloat16(input: nil, recurrent: ProductOperand(rows: rounded, row: 0, weights: pairs))
          }
          let expected = step(
            kernels, start: sums, rows: (0..<Int32(lanes)).map { $0 }, c: c, cells: cells, lanes: lanes)
          #expect(found.h.bits == expected.h.bits, "\(lanes) lanes of \(cells) cells")
          #expect(found.c.bits == expected.c.bits)
        }
      }
    }
  }

  @Test(arguments: availableVariants) func int8StepAddsTheQuantizedProduct(variant: KernelVariant) {
    let kernels = Kernels(variant: variant)
    for (lanes, cells) in Self.cases {
      let padded = PanelRegion.padded(cells)
      let start = TestMatrix(rows: 1, columns: 4 * padded, seed: 5)
      let c = TestMatrix(rows: lanes, columns: cells, seed: 6)
      let columns = Kernels.quantizedColumns(cells)
      var words = TestMatrix(zeros: lanes, columns.words)
      var blockSums = TestMatrix(zeros: lanes, columns.sums)
      var weights = TestMatrix(zeros: Kernels.quantizedRows(padded), 4 * padded)
      var scales = TestMatrix(zeros: 1, 4 * padded)
      let panels = weights.region.panelCount
      words.write { words in
        blockSums.write { sums in
          TestMatrix(rows: lanes, columns: cells, seed: 7).read {
            kernels.quantizeRows(words: words, sums: sums, row: 0, $0, row: 0, rows: lanes)
          }
        }
      }
      weights.write { weights in
        scales.write { scales in
          TestMatrix(rows: padded, columns: 4 * padded, seed: 8).read { u in
            for panel in 0..<panels { kernels.quantizeWeights(into: weights, scales: scales, u, panel: panel) }
          }
        }
      }
      var sums = TestMatrix(zeros: lanes, 4 * padded)
      words.read { words in
        blockSums.read { blockSums in
          weights.read { weights in
            scales.read { scales in
              let operand = QuantizedOperand(words: words, sums: blockSums, row: 0, weights: weights, scales: scales)
              sums.write { sums in
                start.read { kernels.product(into: sums, row: 0, rows: lanes, operand, start: $0) }
              }
              // group by group, as threads share a step
              let found = step(kernels, start: start, rows: [], c: c, cells: cells, lanes: lanes) { _ in
                .int8(input: nil, recurrent: operand)
              }
              let expected = step(
                kernels, start: sums, rows: (0..<Int32(lanes)).map { $0 }, c: c, cells: cells, lanes: lanes)
              #expect(found.h.bits == expected.h.bits, "\(lanes) lanes of \(cells) cells")
              let first = step(
                kernels, start: start, rows: [], c: c, cells: cells, lanes: lanes, groups: 0..<1
              ) { _ in .int8(input: nil, recurrent: operand) }
              for cell in 0..<cells {
                #expect(first.h[0, cell] == (cell < 16 ? expected.h[0, cell] : 0))
              }
            }
          }
        }
      }
    }
  }
}

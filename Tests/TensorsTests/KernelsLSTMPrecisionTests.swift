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
                    ?? .floatingPoint(
                      input: nil, recurrent: ProductOperand(rows: zeroRows, row: 0, weights: zeroWeights)),
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
      var rounded = TestMatrix(zeros: lanes, Kernels.roundedColumns(cells), format: .bfloat16Rows)
      var pairs = TestMatrix(zeros: Kernels.pairedRows(cells), 4 * padded, format: .bfloat16Pairs)
      rounded.write { to in h.read { kernels.roundRows(into: to, row: 0, $0, row: 0, rows: lanes) } }
      pairs.write { to in u.read { kernels.pairRows(into: to, row: 0, $0, row: 0, rows: padded) } }
      var sums = TestMatrix(zeros: lanes, 4 * padded)
      rounded.read { rounded in
        pairs.read { pairs in
          sums.write { sums in
            start.read {
              kernels.product(
                into: sums, row: 0, rows: lanes, ProductOperand(rows: rounded, row: 0, weights: pairs), start: $0)
            }
          }
          let found = step(kernels, start: start, rows: [], c: c, cells: cells, lanes: lanes) { _ in
            .floatingPoint(input: nil, recurrent: ProductOperand(rows: rounded, row: 0, weights: pairs))
          }
          let expected = step(
            kernels, start: sums, rows: (0..<Int32(lanes)).map { $0 }, c: c, cells: cells, lanes: lanes)
          #expect(found.h.bits == expected.h.bits, "\(lanes) lanes of \(cells) cells")
          #expect(found.c.bits == expected.c.bits)
        }
      }
    }
  }

  /// The same gates and dc as a last step that gets the product with the next step's gradients as a part of dh.
  @Test(arguments: availableVariants) func bfloat16BackwardStepAddsTheProductOfPairs(variant: KernelVariant) {
    let kernels = Kernels(variant: variant)
    for cells in [1, 17, 64, 100] {
      let gateColumns = Gates.columns(cells: cells)
      let saved = TestMatrix(rows: 1, columns: gateColumns, seed: 1)
      let c = TestMatrix(rows: 2, columns: cells, seed: 2)
      let carried = TestMatrix(rows: 1, columns: cells, seed: 3)
      let dh = TestMatrix(rows: 1, columns: cells, seed: 4)
      var rounded = TestMatrix(zeros: 1, Kernels.roundedColumns(gateColumns), format: .bfloat16Rows)
      var pairs = TestMatrix(zeros: Kernels.pairedRows(gateColumns), cells, format: .bfloat16Pairs)
      rounded.write { to in
        TestMatrix(rows: 1, columns: gateColumns, seed: 5).read {
          kernels.roundRows(into: to, row: 0, $0, row: 0, rows: 1)
        }
      }
      pairs.write { to in
        TestMatrix(rows: gateColumns, columns: cells, seed: 6).read {
          kernels.pairRows(into: to, row: 0, $0, row: 0, rows: gateColumns)
        }
      }
      func backward(dh: TestMatrix, next: ProductOperand?) -> [[UInt32]] {
        var (gates, dc) = (saved, carried)
        gates.write { gates in
          dc.write { dc in
            dh.read { dh in
              c.read {
                kernels.lstmBackwardStep(
                  LSTMBackwardStep(
                    lanes: 0..<1, dh: dh, dhRow: 0, gates: gates, gatesRow: 0, next: next, c: $0, cBefore: 0,
                    cAfter: 1, dc: dc))
              }
            }
          }
        }
        return [gates.bits, dc.bits]
      }
      rounded.read { rounded in
        pairs.read { pairs in
          let next = ProductOperand(rows: rounded, row: 0, weights: pairs)
          #expect(next.precision == .bfloat16)
          var whole = TestMatrix(zeros: 1, cells)
          whole.write { whole in dh.read { kernels.product(into: whole, row: 0, rows: 1, next, start: $0) } }
          let found = backward(dh: dh, next: next)
          #expect(found == backward(dh: whole, next: nil), "\(cells) cells")
          #expect(found != backward(dh: dh, next: nil))
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

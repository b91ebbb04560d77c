import Foundation
import Testing

@testable import Tensors

@Suite struct KernelsLSTMTests {
  private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
  private func column(_ gate: Int, _ cell: Int) -> Int { Gates.column(gate, ofCell: cell) }

  @Test(arguments: availableVariants) func stepEqualsTheEquations(variant: KernelVariant) {
    for (lanes, cells, inputs) in [(1, 1, 0), (3, 17, 5), (7, 33, 16), (13, 70, 40)] {
      let padded = PanelRegion.padded(cells)
      let gates = 4 * padded
      let start = TestMatrix(rows: 4, columns: gates, seed: 1)
      let x = TestMatrix(rows: lanes, columns: inputs, seed: 2)
      let w = TestMatrix(rows: PanelRegion.padded(inputs), columns: gates, seed: 3)
      let u = TestMatrix(rows: padded, columns: gates, seed: 4)
      var h = TestMatrix(rows: 2 * lanes, columns: cells, seed: 5)
      var c = TestMatrix(rows: 2 * lanes, columns: cells, seed: 6)
      let (h0, c0) = (h, c)
      var saved = TestMatrix(zeros: lanes, gates)
      let rows = (0..<lanes).map { Int32($0 % 4) }
      start.read { start in
        x.read { x in
          w.read { w in
            u.read { u in
              h.write { h in
                c.write { c in
                  saved.write { saved in
                    Kernels(variant: variant).lstmStep(
                      LSTMStep(
                        lanes: 0..<lanes, start: start, startRows: rows[...],
                        operands: .floatingPoint(
                          input: inputs > 0 ? ProductOperand(rows: x, row: 0, weights: w) : nil,
                          recurrent: ProductOperand(rows: h.readOnly, row: 0, weights: u)),
                        h: h, hAfter: lanes, c: c, cBefore: 0, cAfter: lanes, gates: (saved, 0)))
                  }
                }
              }
            }
          }
        }
      }
      for lane in 0..<lanes {
        for cell in 0..<cells {
          let sums = (0..<4).map { gate in
            let column = column(gate, cell)
            var sum = Double(start[Int(rows[lane]), column])
            for k in 0..<inputs { sum += Double(x[lane, k]) * Double(w[k, column]) }
            for k in 0..<cells { sum += Double(h0[lane, k]) * Double(u[k, column]) }
            return sum
          }
          let (i, f, g, o) = (sigmoid(sums[0]), sigmoid(sums[1]), tanh(sums[2]), sigmoid(sums[3]))
          let next = f * Double(c0[lane, cell]) + i * g
          #expect(abs(Double(c[lanes + lane, cell]) - next) < 3e-6)
          #expect(abs(Double(h[lanes + lane, cell]) - o * tanh(next)) < 3e-6)
          #expect(abs(Double(saved[lane, column(2, cell)]) - g) < 3e-6)
          #expect(abs(Double(saved[lane, column(1, cell)]) - f) < 3e-6)
        }
      }
    }
  }

  /// A step forward and one back with every variant: all bits equal the scalar variant's.
  @Test func allVariantsGiveTheSameBits() {
    func run(_ variant: KernelVariant, lanes: Int, cells: Int) -> [[UInt32]] {
      let padded = PanelRegion.padded(cells)
      let start = TestMatrix(rows: 1, columns: 4 * padded, seed: 1)
      let u = TestMatrix(rows: padded, columns: 4 * padded, seed: 2)
      let transposed = TestMatrix(rows: 4 * padded, columns: cells, seed: 3)
      let dh = TestMatrix(rows: lanes, columns: cells, seed: 4)
      var h = TestMatrix(rows: 2 * lanes, columns: cells, seed: 5)
      var c = TestMatrix(rows: 2 * lanes, columns: cells, seed: 6)
      var gates = TestMatrix(rows: 2 * lanes, columns: 4 * padded, seed: 7)
      var dc = TestMatrix(rows: lanes, columns: cells, seed: 8)
      let kernels = Kernels(variant: variant)
      start.read { start in
        u.read { u in
          h.write { h in
            c.write { c in
              gates.write {
                kernels.lstmStep(
                  LSTMStep(
                    lanes: 0..<lanes, start: start, startRows: [],
                    operands: .floatingPoint(
                      input: nil, recurrent: ProductOperand(rows: h.readOnly, row: 0, weights: u)), h: h,
                    hAfter: lanes, c: c, cBefore: 0, cAfter: lanes, gates: ($0, 0)))
              }
            }
          }
        }
      }
      dh.read { dh in
        transposed.read { transposed in
          c.read { c in
            gates.write { gates in
              dc.write {
                kernels.lstmBackwardStep(
                  LSTMBackwardStep(
                    lanes: 0..<lanes, dh: dh, dhRow: 0, gates: gates, gatesRow: 0,
                    next: ProductOperand(rows: gates.readOnly, row: lanes, weights: transposed), c: c, cBefore: 0,
                    cAfter: lanes, dc: $0))
              }
            }
          }
        }
      }
      return [h.bits, c.bits, gates.bits, dc.bits]
    }
    for variant in availableVariants {
      for (lanes, cells) in [(1, 1), (2, 7), (5, 17), (8, 64), (11, 100)] {
        #expect(
          run(variant, lanes: lanes, cells: cells) == run(.scalar, lanes: lanes, cells: cells),
          "\(variant.rawValue), \(lanes) lanes of \(cells) cells")
      }
    }
  }

  @Test(arguments: availableVariants) func notANumberIsNotHidden(variant: KernelVariant) {
    let start = TestMatrix(rows: 1, columns: 64) { _, column in column == 0 ? .nan : 0 }
    let u = TestMatrix(zeros: 16, 64)
    var h = TestMatrix(zeros: 2, 1)
    var c = TestMatrix(zeros: 2, 1)
    start.read { start in
      u.read { u in
        h.write { h in
          c.write {
            Kernels(variant: variant).lstmStep(
              LSTMStep(
                lanes: 0..<1, start: start, startRows: [],
                operands: .floatingPoint(input: nil, recurrent: ProductOperand(rows: h.readOnly, row: 0, weights: u)),
                h: h, hAfter: 1, c: $0, cBefore: 0, cAfter: 1, gates: nil))
          }
        }
      }
    }
    #expect(h[1, 0].isNaN)
  }
}

import Foundation
import Testing

@testable import Tensors

/// Which lanes, rows and cells a step reads and writes.
@Suite struct LSTMStepTests {
  private static let (lanes, cells) = (4, 20)
  private static let padded = PanelRegion.padded(cells)

  private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
  private func column(_ gate: Int, _ cell: Int) -> Int { Gates.column(gate, ofCell: cell) }

  /// Everything that a step may write.
  private struct Forward: Equatable {
    var h = TestMatrix(rows: 12, columns: cells, seed: 1)
    var c = TestMatrix(rows: 12, columns: cells, seed: 2)
    var gates = TestMatrix(rows: 12, columns: 4 * padded, seed: 3)

    static func == (a: Forward, b: Forward) -> Bool {
      a.h.bits == b.h.bits && a.c.bits == b.c.bits && a.gates.bits == b.gates.bits
    }
  }

  private let start = TestMatrix(rows: 3, columns: 4 * Self.padded, seed: 4)
  private let recurrent = TestMatrix(rows: Self.padded, columns: 4 * Self.padded, seed: 5)
  private let input = TestMatrix(rows: 9, columns: 5, seed: 6)
  private let inputWeights = TestMatrix(rows: 16, columns: 4 * Self.padded, seed: 7)

  private func step(
    _ state: inout Forward, lanes: Range<Int>, groups: Range<Int>? = nil, startRows: [Int32] = [1, 2, 0, 1],
    cAfter: Int = 6
  ) {
    start.read { start in
      recurrent.read { recurrent in
        input.read { input in
          inputWeights.read { inputWeights in
            state.h.write { h in
              state.c.write { c in
                state.gates.write { gates in
                  Kernels().lstmStep(
                    LSTMStep(
                      lanes: lanes, groups: groups, start: start, startRows: startRows[...],
                      operands: .floatingPoint(
                        input: ProductOperand(rows: input, row: 5, weights: inputWeights),
                        recurrent: ProductOperand(rows: h.readOnly, row: 2, weights: recurrent)),
                      h: h, hAfter: 7, c: c, cBefore: 1, cAfter: cAfter, gates: (gates, 3)))
                }
              }
            }
          }
        }
      }
    }
  }

  /// Lanes 1 and 2 of four, with operands and results at different rows; all other rows keep their bits.
  @Test func onlyTheLanesAskedForAreComputedAndEachInItsRow() {
    let before = Forward()
    var after = before
    step(&after, lanes: 1..<3)
    for (lane, startRow) in [(1, 2), (2, 0)] {
      for cell in 0..<Self.cells {
        let sums = (0..<4).map { gate in
          let column = column(gate, cell)
          var sum = Double(start[startRow, column])
          for k in 0..<5 { sum += Double(input[5 + lane, k]) * Double(inputWeights[k, column]) }
          for k in 0..<Self.cells { sum += Double(before.h[2 + lane, k]) * Double(recurrent[k, column]) }
          return sum
        }
        let (i, f, g, o) = (sigmoid(sums[0]), sigmoid(sums[1]), tanh(sums[2]), sigmoid(sums[3]))
        let c = f * Double(before.c[1 + lane, cell]) + i * g
        #expect(abs(Double(after.c[6 + lane, cell]) - c) < 3e-6)
        #expect(abs(Double(after.h[7 + lane, cell]) - o * tanh(c)) < 3e-6)
        for (gate, value) in [i, f, g, o].enumerated() {
          #expect(abs(Double(after.gates[3 + lane, column(gate, cell)]) - value) < 3e-6)
        }
      }
    }
    for row in 0..<12 {
      for column in 0..<4 * Self.padded where row != 4 && row != 5 {
        #expect(after.gates[row, column].bitPattern == before.gates[row, column].bitPattern)
      }
      for cell in 0..<Self.cells {
        if row != 8 && row != 9 { #expect(after.h[row, cell].bitPattern == before.h[row, cell].bitPattern) }
        if row != 7 && row != 8 { #expect(after.c[row, cell].bitPattern == before.c[row, cell].bitPattern) }
      }
    }
  }

  @Test func groupsOfCellsTogetherAreTheWholeStep() {
    var whole = Forward()
    step(&whole, lanes: 0..<Self.lanes)
    var parts = Forward()
    step(&parts, lanes: 0..<Self.lanes, groups: 1..<2)
    // the first 16 cells have not been touched
    for cell in 0..<Self.cells { #expect((parts.h[7, cell] == Forward().h[7, cell]) == (cell < 16)) }
    step(&parts, lanes: 0..<Self.lanes, groups: 0..<1)
    #expect(parts == whole)
  }

  @Test func withoutStartRowsEveryLaneStartsFromTheFirst() {
    var none = Forward()
    step(&none, lanes: 0..<Self.lanes, startRows: [])
    var zeros = Forward()
    step(&zeros, lanes: 0..<Self.lanes, startRows: [0, 0, 0, 0])
    #expect(none == zeros)
    var others = Forward()
    step(&others, lanes: 0..<Self.lanes)
    #expect(none != others)
  }

  @Test func cellStateMayBeReplacedInPlace() {
    var apart = Forward()
    step(&apart, lanes: 0..<Self.lanes)
    var inPlace = Forward()
    step(&inPlace, lanes: 0..<Self.lanes, cAfter: 1)
    #expect(inPlace.h.bits == apart.h.bits)
    for lane in 0..<Self.lanes {
      for cell in 0..<Self.cells { #expect(inPlace.c[1 + lane, cell] == apart.c[6 + lane, cell]) }
    }
  }

  // MARK: Backward

  private struct Backward {
    var gates: TestMatrix
    var dc: TestMatrix

    init(cells: Int) {
      gates = TestMatrix(rows: 12, columns: 4 * PanelRegion.padded(cells), seed: 8)
      dc = TestMatrix(rows: LSTMStepTests.lanes, columns: cells, seed: 9)
    }
  }

  /// The gates of lane 0 are in row 1, and the gradients of the step after it in row 6.
  private func backward(
    _ state: inout Backward, cells: Int, lanes: Range<Int>, panels: Range<Int>? = nil, isLast: Bool = false
  ) {
    let dh = TestMatrix(rows: 8, columns: cells, seed: 10)
    let c = TestMatrix(rows: 12, columns: cells, seed: 11)
    let transposed = TestMatrix(rows: 4 * PanelRegion.padded(cells), columns: cells, seed: 12)
    dh.read { dh in
      c.read { c in
        transposed.read { transposed in
          state.gates.write { gates in
            state.dc.write { dc in
              Kernels().lstmBackwardStep(
                LSTMBackwardStep(
                  lanes: lanes, panels: panels, dh: dh, dhRow: 3, gates: gates, gatesRow: 1,
                  next: isLast ? nil : ProductOperand(rows: gates.readOnly, row: 6, weights: transposed), c: c,
                  cBefore: 2, cAfter: 7, dc: dc))
            }
          }
        }
      }
    }
  }

  /// The chain rule as it stands at `Kernels.lstmBackwardStep`, written out.
  @Test(arguments: [false, true]) func backwardEqualsTheEquations(isLast: Bool) {
    let cells = Self.cells
    let dh = TestMatrix(rows: 8, columns: cells, seed: 10)
    let c = TestMatrix(rows: 12, columns: cells, seed: 11)
    let transposed = TestMatrix(rows: 4 * Self.padded, columns: cells, seed: 12)
    let before = Backward(cells: cells)
    var after = before
    backward(&after, cells: cells, lanes: 1..<3, isLast: isLast)
    for lane in 1..<3 {
      for cell in 0..<cells {
        var dh = Double(dh[3 + lane, cell])
        if !isLast {
          for k in 0..<4 * Self.padded { dh += Double(before.gates[6 + lane, k]) * Double(transposed[k, cell]) }
        }
        let gates = (0..<4).map { Double(before.gates[1 + lane, column($0, cell)]) }
        let (i, f, g, o) = (gates[0], gates[1], gates[2], gates[3])
        let (c0, t) = (Double(c[2 + lane, cell]), tanh(Double(c[7 + lane, cell])))
        let dc = Double(before.dc[lane, cell]) + dh * o * (1 - t * t)
        let expected = [dc * g * i * (1 - i), dc * c0 * f * (1 - f), dc * i * (1 - g * g), dh * t * o * (1 - o)]
        for (gate, value) in expected.enumerated() {
          #expect(abs(Double(after.gates[1 + lane, column(gate, cell)]) - value) < 2e-5)
        }
        #expect(abs(Double(after.dc[lane, cell]) - dc * f) < 2e-5)
      }
    }
    for lane in [0, 3] {
      for cell in 0..<cells { #expect(after.dc[lane, cell] == before.dc[lane, cell]) }
    }
    for row in 0..<12 where row != 2 && row != 3 {
      for column in 0..<4 * Self.padded { #expect(after.gates[row, column] == before.gates[row, column]) }
    }
  }

  @Test func panelsTogetherAreTheWholeBackwardStep() {
    // two panels: 64 cells and 6
    let cells = 70
    var whole = Backward(cells: cells)
    backward(&whole, cells: cells, lanes: 0..<Self.lanes)
    var parts = Backward(cells: cells)
    backward(&parts, cells: cells, lanes: 0..<Self.lanes, panels: 1..<2)
    for cell in 0..<cells { #expect((parts.dc[0, cell] == Backward(cells: cells).dc[0, cell]) == (cell < 64)) }
    backward(&parts, cells: cells, lanes: 0..<Self.lanes, panels: 0..<1)
    #expect(parts.gates.bits == whole.gates.bits)
    #expect(parts.dc.bits == whole.dc.bits)
  }
}

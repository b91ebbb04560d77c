import Testing

@testable import Tensors

/// bfloat16 by the definition: the nearest value with 8 significant bits, ties to the even one.
func roundedToBFloat16(_ x: Float) -> Float {
  let bits = x.bitPattern
  let remainder = bits & 0xFFFF
  let down = bits & 0xFFFF_0000
  let isUp = remainder > 0x8000 || (remainder == 0x8000 && bits & 0x1_0000 != 0)
  return Float(bitPattern: isUp ? down + 0x1_0000 : down)
}

/// What a word holds: the lower and the upper half as floats.
private func halves(_ word: Float) -> (Float, Float) {
  (Float(bitPattern: word.bitPattern << 16), Float(bitPattern: word.bitPattern & 0xFFFF_0000))
}

@Suite struct KernelsBFloat16Tests {
  private func rounded(_ from: TestMatrix, _ kernels: Kernels) -> TestMatrix {
    var to = TestMatrix(
      zeros: from.region.rows, Kernels.roundedColumns(from.region.columns), format: .bfloat16Rows)
    to.write { to in from.read { kernels.roundRows(into: to, row: 0, $0, row: 0, rows: $0.rows) } }
    return to
  }

  private func paired(_ from: TestMatrix, rows: Int, _ kernels: Kernels) -> TestMatrix {
    var to = TestMatrix(zeros: rows, from.region.columns, format: .bfloat16Pairs)
    to.write { to in from.read { kernels.pairRows(into: to, row: 0, $0, row: 0, rows: $0.rows) } }
    return to
  }

  @Test(arguments: availableVariants) func roundedRowsHoldNeighboursOfARow(variant: KernelVariant) {
    for (rows, columns) in [(1, 1), (3, 17), (5, 64), (2, 130)] {
      let from = TestMatrix(rows: rows, columns: columns, seed: 1)
      let to = rounded(from, Kernels(variant: variant))
      for row in 0..<rows {
        for column in 0..<columns {
          let (low, high) = halves(to[row, column / 2])
          #expect((column % 2 == 0 ? low : high) == roundedToBFloat16(from[row, column]))
        }
      }
    }
  }

  @Test(arguments: availableVariants) func specialNumbersRoundAsTheyShould(variant: KernelVariant) {
    let values: [Float] = [
      1, 1.00390625, 1.01171875, -1.00390625, .infinity, -.infinity, .nan, 3.4e38,
      Float(bitPattern: 0x1234), Float(bitPattern: 0x8000_1234), 0, -0.0,
    ]
    let from = TestMatrix(rows: 1, columns: values.count) { _, column in values[column] }
    let to = rounded(from, Kernels(variant: variant))
    // ties go to the even neighbour, subnormal numbers to zero, what is too large to infinity
    let expected: [Float] = [1, 1, 1.015625, -1, .infinity, -.infinity, .nan, .infinity, 0, -0.0, 0, -0.0]
    for (index, value) in expected.enumerated() {
      let (low, high) = halves(to[0, index / 2])
      let found = index % 2 == 0 ? low : high
      #expect(value.isNaN ? found.isNaN : found.bitPattern == value.bitPattern, "\(values[index]) became \(found)")
    }
  }

  @Test(arguments: availableVariants) func pairedRowsHoldNeighboursOfAColumn(variant: KernelVariant) {
    for (rows, columns) in [(1, 1), (7, 33), (4, 100)] {
      let from = TestMatrix(rows: rows, columns: columns, seed: 2)
      let to = paired(from, rows: (rows + 1) / 2, Kernels(variant: variant))
      for row in 0..<(rows + 1) / 2 * 2 {
        for column in 0..<columns {
          let (low, high) = halves(to[row / 2, column])
          let expected = row < rows ? roundedToBFloat16(from[row, column]) : 0
          #expect((row % 2 == 0 ? low : high) == expected)
        }
      }
    }
  }

  @Test(arguments: availableVariants) func transposedPairsArePairsOfTheTransposed(variant: KernelVariant) {
    let kernels = Kernels(variant: variant)
    for (rows, columns) in [(1, 16), (17, 64), (70, 144)] {
      let from = TestMatrix(rows: rows, columns: columns, seed: 3)
      let turned = TestMatrix(rows: columns, columns: rows) { row, column in from[column, row] }
      let expected = paired(turned, rows: Kernels.pairedRows(columns), kernels)
      var to = TestMatrix(zeros: Kernels.pairedRows(columns), rows, format: .bfloat16Pairs)
      let panels = to.region.panelCount
      to.write { to in
        from.read { from in
          for panel in 0..<panels { kernels.transposePairs(into: to, from, panel: panel) }
        }
      }
      #expect(to.bits == expected.bits)
    }
  }

  /// The sum in the order that VDPBF16PS defines: of each pair the second product first, each fused with its addition.
  @Test(arguments: availableVariants) func productEqualsTheDefinition(variant: KernelVariant) {
    let kernels = Kernels(variant: variant)
    for (rows, inner, columns) in [(1, 1, 1), (3, 17, 33), (7, 100, 64), (13, 144, 100)] {
      let a = TestMatrix(rows: rows, columns: inner, seed: 1)
      let b = TestMatrix(rows: inner, columns: columns, seed: 2)
      let start = TestMatrix(rows: 1, columns: columns, seed: 3)
      let (left, right) = (rounded(a, kernels), paired(b, rows: Kernels.pairedRows(inner), kernels))
      var c = TestMatrix(zeros: rows, columns)
      c.write { c in
        left.read { left in
          right.read { right in
            let operand = ProductOperand(rows: left, row: 0, weights: right)
            start.read { kernels.product(into: c, row: 0, rows: rows, operand, start: $0) }
          }
        }
      }
      for row in 0..<rows {
        for column in 0..<columns {
          var sum = start[0, column]
          for k in stride(from: 0, to: inner, by: 2) {
            for k in [k + 1, k] where k < inner {
              sum = sum.addingProduct(roundedToBFloat16(a[row, k]), roundedToBFloat16(b[k, column]))
            }
          }
          #expect(c[row, column] == sum, "\(rows) x \(inner) x \(columns) at \(row), \(column)")
        }
      }
    }
  }

  @Test(arguments: availableVariants) func transposedProductEqualsTheDefinition(variant: KernelVariant) {
    let kernels = Kernels(variant: variant)
    for (rows, left, right) in [(5, 7, 33), (128, 65, 16), (301, 130, 100)] {
      let a = TestMatrix(rows: rows, columns: left, seed: 4)
      let b = TestMatrix(rows: rows, columns: right, seed: 5)
      let pairs = (rows + 1) / 2
      let (aPairs, bPairs) = (paired(a, rows: pairs, kernels), paired(b, rows: pairs, kernels))
      var c = TestMatrix(zeros: PanelRegion.padded(left), right)
      let panels = (a.region.panelCount, b.region.panelCount)
      c.write { c in
        aPairs.read { a in
          bPairs.read { b in
            for panel in 0..<panels.1 {
              kernels.productOfTransposed(
                into: c, TransposedProductOperands(left: a, leftRow: 0, right: b, rightRow: 0, rows: pairs),
                leftPanels: 0..<panels.0, panel: panel)
            }
          }
        }
      }
      for k in 0..<left {
        for column in 0..<right {
          var sum: Float = 0
          for row in stride(from: 0, to: rows, by: 2) {
            for row in [row + 1, row] where row < rows {
              sum = sum.addingProduct(roundedToBFloat16(a[row, k]), roundedToBFloat16(b[row, column]))
            }
          }
          #expect(c[k, column] == sum, "\(rows) rows, \(left) x \(right) at \(k), \(column)")
        }
      }
    }
  }
}

import Testing

@testable import Tensors

/// Sizes below, at and above vector widths, tile heights and panels.
private let oddSizes = [1, 2, 7, 16, 17, 33, 64, 100]

@Suite struct KernelsProductsTests {
  @Test(arguments: availableVariants) func productEqualsTheDefinition(variant: KernelVariant) {
    for rows in [1, 3, 7, 13] {
      for (inner, columns) in zip(oddSizes, oddSizes.reversed()) {
        let a = TestMatrix(rows: rows + 2, columns: inner, seed: 1)
        let b = TestMatrix(rows: PanelRegion.padded(inner), columns: columns, seed: 2)
        let start = TestMatrix(rows: 1, columns: columns, seed: 3)
        var c = TestMatrix(zeros: rows + 1, columns)
        c.write { c in
          a.read { a in
            b.read { b in
              start.read { start in
                Kernels(variant: variant).product(
                  into: c, row: 1, rows: rows, ProductOperand(rows: a, row: 2, weights: b), start: start)
              }
            }
          }
        }
        for row in 0..<rows {
          for column in 0..<columns {
            // the definition, in the order that the kernels promise
            var sum = start[0, column]
            for k in 0..<PanelRegion.padded(inner) {
              sum = sum.addingProduct(k < inner ? a[row + 2, k] : 0, b[k, column])
            }
            #expect(c[row + 1, column] == sum, "\(rows) x \(inner) x \(columns) at \(row), \(column)")
          }
        }
        #expect((0..<columns).allSatisfy { c[0, $0] == 0 })
      }
    }
  }

  @Test(arguments: availableVariants) func onePanelOfAProduct(variant: KernelVariant) {
    let a = TestMatrix(rows: 3, columns: 16, seed: 1)
    let b = TestMatrix(rows: 16, columns: 130, seed: 2)
    var whole = TestMatrix(zeros: 3, 130)
    var part = TestMatrix(zeros: 3, 130)
    a.read { a in
      b.read { b in
        let operand = ProductOperand(rows: a, row: 0, weights: b)
        whole.write { Kernels(variant: variant).product(into: $0, row: 0, rows: 3, operand) }
        part.write { Kernels(variant: variant).product(into: $0, row: 0, rows: 3, operand, panels: 1..<2) }
      }
    }
    #expect(part[1, 63] == 0)
    #expect(part[1, 64] == whole[1, 64])
    #expect(part[2, 127] == whole[2, 127])
    #expect(part[2, 128] == 0)
  }

  @Test(arguments: availableVariants) func transposedProductEqualsTheDefinition(variant: KernelVariant) {
    // more rows than one chunk of the kernel, and fewer
    for (rows, left, right) in [(5, 7, 33), (64, 65, 16), (150, 130, 100)] {
      let a = TestMatrix(rows: rows + 1, columns: left, seed: 4)
      let b = TestMatrix(rows: rows + 2, columns: right, seed: 5)
      var c = TestMatrix(rows: PanelRegion.padded(left), columns: right) { _, _ in 9 }
      let panels = (a.region.panelCount, b.region.panelCount)
      c.write { c in
        a.read { a in
          b.read { b in
            for panel in 0..<panels.1 {
              Kernels(variant: variant).productOfTransposed(
                into: c, TransposedProductOperands(left: a, leftRow: 1, right: b, rightRow: 2, rows: rows),
                leftPanels: 0..<panels.0, panel: panel)
            }
          }
        }
      }
      for k in 0..<left {
        for column in 0..<right {
          var sum: Float = 0
          for row in 0..<rows { sum = sum.addingProduct(a[row + 1, k], b[row + 2, column]) }
          #expect(c[k, column] == sum, "\(rows) rows, \(left) x \(right) at \(k), \(column)")
        }
      }
    }
  }

  @Test(arguments: availableVariants) func transposeSwapsRowsAndColumns(variant: KernelVariant) {
    for (rows, columns) in [(1, 1), (17, 100), (64, 64), (70, 33)] {
      let from = TestMatrix(rows: rows, columns: columns, seed: 6)
      var to = TestMatrix(rows: PanelRegion.padded(columns), columns: rows) { _, _ in 9 }
      let panels = to.region.panelCount
      to.write { to in
        from.read { from in
          for panel in 0..<panels { Kernels(variant: variant).transpose(into: to, from, panel: panel) }
        }
      }
      for row in 0..<rows { for column in 0..<columns { #expect(to[column, row] == from[row, column]) } }
      // padding of the result is zero, whatever stood there
      for column in rows..<PanelRegion.padded(rows) { #expect(to[0, column] == 0) }
    }
  }
}

import Foundation
import Testing

@testable import Tensors

@Suite struct KernelsRowsTests {
  @Test(arguments: availableVariants) func softmaxLossAndGradient(variant: KernelVariant) {
    for width in [1, 2, 15, 16, 17, 65, 100] {
      var logits = TestMatrix(rows: 5, columns: width, seed: UInt32(width))
      let before = logits
      let targets: [Int32] = [0, Int32(width - 1), Int32(width / 2)]
      var losses = AlignedFloats(zeros: 16)
      logits.write { logits in
        losses.withMutableView { losses in
          Kernels(variant: variant).replaceLogitsWithGradients(
            logits, rows: 1..<4, targets: targets[...], losses: losses, lossRange: 2..<5, scale: 0.25)
        }
      }
      for (index, target) in targets.enumerated() {
        let exponentials = (0..<width).map { exp(Double(before[index + 1, $0])) }
        let total = exponentials.reduce(0, +)
        #expect(abs(Double(losses[index + 2]) + log(exponentials[Int(target)] / total)) < 1e-5)
        for column in 0..<width {
          let expected = 0.25 * (exponentials[column] / total - (column == Int(target) ? 1 : 0))
          #expect(abs(Double(logits[index + 1, column]) - expected) < 1e-6)
        }
        for column in width..<logits.region.paddedColumns { #expect(logits[index + 1, column] == 0) }
      }
      #expect(logits[0, 0] == before[0, 0])
      #expect(logits[4, 0] == before[4, 0])
    }
  }

  @Test(arguments: availableVariants) func softmaxLossAndProbabilities(variant: KernelVariant) {
    for width in [1, 16, 17, 100] {
      var logits = TestMatrix(rows: 4, columns: width, seed: UInt32(width))
      let before = logits
      let targets = [Int32(width - 1), 0]
      var losses = AlignedFloats(zeros: 16)
      logits.write { logits in
        losses.withMutableView { losses in
          Kernels(variant: variant).replaceLogitsWithProbabilities(
            logits, rows: 1..<3, targets: targets[...], losses: losses, lossRange: 3..<5)
        }
      }
      for (index, target) in targets.enumerated() {
        let exponentials = (0..<width).map { exp(Double(before[index + 1, $0])) }
        let total = exponentials.reduce(0, +)
        #expect(abs(Double(losses[index + 3]) + log(exponentials[Int(target)] / total)) < 1e-5)
        for column in 0..<width {
          #expect(abs(Double(logits[index + 1, column]) - exponentials[column] / total) < 1e-6)
        }
        for column in width..<logits.region.paddedColumns { #expect(logits[index + 1, column] == 0) }
      }
      #expect(logits[0, 0] == before[0, 0])
      #expect(logits[3, 0] == before[3, 0])
    }
  }

  @Test(arguments: availableVariants) func hugeLogitsDoNotOverflow(variant: KernelVariant) {
    var logits = TestMatrix(rows: 1, columns: 3) { _, column in [1e30, -1e30, 0][column] }
    var losses = AlignedFloats(zeros: 1)
    logits.write { logits in
      losses.withMutableView { losses in
        Kernels(variant: variant).replaceLogitsWithProbabilities(
          logits, rows: 0..<1, targets: [0], losses: losses, lossRange: 0..<1)
      }
    }
    #expect(losses[0] == 0)
    #expect(logits[0, 0] == 1)
  }

  @Test(arguments: availableVariants) func notANumberIsNotHidden(variant: KernelVariant) {
    for bad in [Float.nan, .infinity] {
      var logits = TestMatrix(rows: 1, columns: 20) { _, column in column == 7 ? bad : 0.5 }
      var losses = AlignedFloats(zeros: 1)
      logits.write { logits in
        losses.withMutableView { losses in
          Kernels(variant: variant).replaceLogitsWithGradients(
            logits, rows: 0..<1, targets: [1], losses: losses, lossRange: 0..<1, scale: 1)
        }
      }
      #expect(!losses[0].isFinite)
    }
  }

  @Test(arguments: availableVariants) func rowsAreSummed(variant: KernelVariant) {
    let kernels = Kernels(variant: variant)
    let values = TestMatrix(rows: 6, columns: 80, seed: 3)
    let ids: [Int32] = [2, 0, 2, 2, 0]
    var byID = TestMatrix(zeros: 3, 80)
    var all = TestMatrix(zeros: 1, 80)
    values.read { values in
      for panel in 0..<2 {
        byID.write { kernels.sumRows(into: $0, values, ids: ids, panel: panel) }
        all.write { kernels.sumRows(into: $0, values, rows: 5, panel: panel) }
      }
    }
    for column in 0..<80 {
      #expect(byID[2, column] == values[0, column] + values[2, column] + values[3, column])
      #expect(byID[0, column] == values[1, column] + values[4, column])
      #expect(byID[1, column] == 0)
      #expect(all[0, column] == (0..<5).reduce(Float(0)) { $0 + values[$1, column] })
    }
  }

  @Test(arguments: availableVariants) func aRowIsAdded(variant: KernelVariant) {
    let from = TestMatrix(rows: 3, columns: 70, seed: 1)
    let row = TestMatrix(rows: 1, columns: 70, seed: 2)
    var to = TestMatrix(zeros: 3, 70)
    to.write { to in
      from.read { from in
        row.read { row in
          for panel in 0..<2 { Kernels(variant: variant).add(row: row, to: from, into: to, panel: panel) }
        }
      }
    }
    #expect(to[2, 69] == from[2, 69] + row[0, 69])
    #expect(to[0, 0] == from[0, 0] + row[0, 0])
  }

  /// Which word of which counter decides about each column. The masks of resumed runs depend on it.
  @Test(arguments: availableVariants) func everyColumnHasItsWordOfPhilox(variant: KernelVariant) {
    let columns = 200
    let ones = TestMatrix(rows: 2, columns: columns) { _, _ in 1 }
    var to = TestMatrix(zeros: 2, columns)
    let keys: [UInt64] = [0x0123_4567_89AB_CDEF, 7]
    to.write { to in
      ones.read {
        Kernels(variant: variant).dropout(into: to, row: 0, $0, row: 0, keys: keys[...], timeStep: 3, rate: 0.5)
      }
    }
    for row in 0..<2 {
      for column in 0..<columns {
        let counter = UInt32(column / 64 * 16 + column % 16)
        let word = philox([counter, 3, 0, 0], key: keys[row])[column % 64 / 16]
        #expect(to[row, column] == (word >= 1 << 31 ? 2 : 0), "row \(row), column \(column)")
      }
    }
  }

  @Test(arguments: availableVariants) func dropoutKeepsTheMean(variant: KernelVariant) {
    let ones = TestMatrix(rows: 64, columns: 200) { _, _ in 1 }
    var to = TestMatrix(zeros: 64, 200)
    let keys = (0..<64).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    to.write { to in
      ones.read {
        Kernels(variant: variant).dropout(into: to, row: 0, $0, row: 0, keys: keys[...], timeStep: 3, rate: 0.25)
      }
    }
    var kept = 0
    for row in 0..<64 {
      for column in 0..<200 where to[row, column] != 0 {
        kept += 1
        #expect(to[row, column] == 1 / Float(0.75))
      }
    }
    // 12,800 draws: five standard deviations around 9,600 are 245
    #expect(abs(kept - 9600) < 245)
  }
}

/// Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", section 3.3).
private func philox(_ counter: [UInt32], key: UInt64) -> [UInt32] {
  var (x, k0, k1) = (counter, UInt32(truncatingIfNeeded: key), UInt32(key >> 32))
  for _ in 0..<10 {
    let a = x[0].multipliedFullWidth(by: 0xD251_1F53)
    let b = x[2].multipliedFullWidth(by: 0xCD9E_8D57)
    x = [b.high ^ x[1] ^ k0, b.low, a.high ^ x[3] ^ k1, a.low]
    k0 &+= 0x9E37_79B9
    k1 &+= 0xBB67_AE85
  }
  return x
}

extension KernelsRowsTests {
  @Test func theReferenceGivesThePublishedNumbers() {
    // from the authors' known-answer file
    #expect(philox([0, 0, 0, 0], key: 0) == [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8])
    #expect(
      philox([.max, .max, .max, .max], key: .max) == [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD])
  }

  private func droppedElements(
    _ variant: KernelVariant, from first: Int = 0, key: UInt64 = 5, rate: Float
  ) -> AlignedFloats {
    var ones = AlignedFloats(zeros: 4096)
    for index in 0..<4096 { ones[index] = 1 }
    var to = AlignedFloats(zeros: 4096)
    to.withMutableView { to in
      ones.withView {
        Kernels(variant: variant).dropout(into: to, $0, range: first..<4096, origin: 0, key: key, rate: rate)
      }
    }
    return to
  }

  @Test(arguments: availableVariants) func dropoutOfElementsKeepsTheMean(variant: KernelVariant) {
    // 0.3 is taken to the nearest 256th
    let rate = 77.0 / 256
    let dropped = droppedElements(variant, rate: 0.3)
    let kept = (0..<4096).filter { dropped[$0] != 0 }
    for index in kept { #expect(dropped[index] == Float(256.0 / 179)) }
    // five standard deviations
    #expect(abs(Double(kept.count) - 4096 * (1 - rate)) < 5 * (4096 * rate * (1 - rate)).squareRoot())
    #expect(droppedElements(variant, key: 6, rate: 0.3) != dropped)
    // any 256 numbers have their own bits
    let blocks = Set((0..<16).map { block in (0..<256).map { dropped[256 * block + $0] } })
    #expect(blocks.count == 16)
  }

  @Test(arguments: availableVariants) func partsOfADropoutAreTheWhole(variant: KernelVariant) {
    let whole = droppedElements(variant, rate: 0.5)
    let end = droppedElements(variant, from: 1024, rate: 0.5)
    for index in 0..<4096 { #expect(end[index] == (index < 1024 ? 0 : whole[index])) }
  }

  @Test(arguments: availableVariants) func everyElementHasItsByteOfPhilox(variant: KernelVariant) {
    let dropped = droppedElements(variant, key: 9, rate: 0.5)
    for index in 0..<4096 {
      let (block, place) = (UInt32(index / 256), index % 256)
      let words = philox([16 * block + UInt32(place % 16), 0, 0, 0], key: 9)
      let byte = words[place % 64 / 16] >> UInt32(8 * (place / 64)) & 255
      #expect(dropped[index] == (byte >= 128 ? 2 : 0), "element \(index)")
    }
  }

  @Test(arguments: availableVariants) func exponentialsAtEveryCount(variant: KernelVariant) {
    for count in [1, 7, 16, 33, 100] {
      let logits = (0..<count).map { Float($0 % 13) * -0.7 }
      var weights = [Float](repeating: 9, count: count)
      var expected = weights
      Kernels(variant: variant).exponentials(of: logits, largest: 0, temperature: 0.5, into: &weights)
      Kernels(variant: .scalar).exponentials(of: logits, largest: 0, temperature: 0.5, into: &expected)
      #expect(weights == expected)
      for (logit, weight) in zip(logits, weights) {
        let exact = Foundation.exp(Double(logit) * 2)
        #expect(abs(Double(weight) - exact) < 3e-7 * exact)
      }
    }
  }
}

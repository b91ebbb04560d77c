import Foundation
import Testing

@testable import Tensors

@Suite struct KernelsOptimizersTests {
  private func block(_ seed: UInt32, _ scale: Float = 1) -> AlignedFloats {
    let matrix = TestMatrix(rows: 3, columns: 16, seed: seed)
    var block = matrix.block
    for index in 0..<block.count { block[index] *= scale }
    return block
  }

  private func squared(_ values: AlignedFloats) -> AlignedFloats {
    var result = values
    for index in 0..<values.count { result[index] = values[index] * values[index] }
    return result
  }

  @Test(arguments: availableVariants) func adamEqualsThePaper(variant: KernelVariant) {
    var (w, m, v) = (block(1), block(2), squared(block(3)))
    let (w0, g, m0, v0) = (w, block(4), m, v)
    let rule = UpdateRule(rate: 0.01, gradientScale: 0.5, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0.03)
    w.withMutableView { w in
      m.withMutableView { m in
        v.withMutableView { v in
          g.withView { Kernels(variant: variant).adam(w, gradient: $0, m: m, v: v, range: 16..<48, rule: rule) }
        }
      }
    }
    for index in 16..<48 {
      let gradient = 0.5 * Double(g[index])
      let first = 0.9 * Double(m0[index]) + 0.1 * gradient
      let second = 0.99 * Double(v0[index]) + 0.01 * gradient * gradient
      #expect(abs(Double(m[index]) - first) < 1e-6)
      #expect(abs(Double(v[index]) - second) < 1e-6)
      #expect(abs(Double(w[index]) - (0.97 * Double(w0[index]) - 0.01 * first / (second.squareRoot() + 1e-8))) < 1e-6)
    }
    #expect(w[15] == w0[15])
  }

  @Test(arguments: availableVariants) func averages(variant: KernelVariant) {
    var average = block(1)
    let (before, w) = (average, block(2))
    average.withMutableView { average in
      w.withView { Kernels(variant: variant).average(average, $0, range: 16..<48, decay: 0.75) }
    }
    for index in 16..<48 { #expect(abs(average[index] - (0.75 * before[index] + 0.25 * w[index])) < 1e-6) }
    #expect(average[15] == before[15])
  }

  @Test(arguments: availableVariants) func momentumAndRMSprop(variant: KernelVariant) {
    let kernels = Kernels(variant: variant)
    var (w, m) = (block(1), block(2))
    let (w0, g, m0) = (w, block(4), m)
    w.withMutableView { w in
      m.withMutableView { m in
        g.withView {
          kernels.momentum(
            w, gradient: $0, m: m, range: 0..<48,
            rule: UpdateRule(rate: 0.1, gradientScale: 2, beta1: 0.9, decay: 0.25))
        }
      }
    }
    #expect(abs(m[5] - (0.9 * m0[5] + 2 * g[5])) < 1e-6)
    #expect(abs(w[5] - (0.75 * w0[5] - 0.1 * (0.9 * m0[5] + 2 * g[5]))) < 1e-6)

    var (x, v) = (block(1), squared(block(3)))
    let v0 = v
    x.withMutableView { x in
      v.withMutableView { v in
        g.withView {
          kernels.rmsprop(
            x, gradient: $0, v: v, range: 0..<48,
            rule: UpdateRule(rate: 0.1, gradientScale: 1, beta2: 0.9, epsilon: 1e-6, decay: 0.25))
        }
      }
    }
    let second = 0.9 * v0[7] + 0.1 * g[7] * g[7]
    #expect(abs(v[7] - second) < 1e-6)
    #expect(abs(x[7] - (0.75 * w0[7] - 0.1 * g[7] / (second.squareRoot() + 1e-6))) < 1e-5)
  }

  @Test(arguments: availableVariants) func adaptsWithARateOfItsOwnForEachWeight(variant: KernelVariant) {
    var w = block(1)
    let (before, g, origin, rates, returns) = (w, block(2), block(3), block(4), block(5))
    w.withMutableView { w in
      g.withView { g in
        origin.withView { origin in
          rates.withView { rates in
            returns.withView {
              Kernels(variant: variant).adapt(
                w, gradient: g, origin: origin, rates: rates, returns: $0, range: 16..<48)
            }
          }
        }
      }
    }
    for index in 16..<48 {
      let expected = before[index] + returns[index] * (origin[index] - before[index]) - rates[index] * g[index]
      #expect(abs(w[index] - expected) < 1e-5)
    }
    #expect(w[15] == before[15])
  }

  @Test func sumOfSquaresIsTheSameForAllVariants() {
    let values = TestMatrix(rows: 100, columns: 64, seed: 9).block
    let sums = availableVariants.map { variant in
      values.withView { Kernels(variant: variant).sumOfSquares($0, range: 0..<6400) }
    }
    let exact = values.floats(in: 0..<6400).reduce(0.0) { $0 + Double($1) * Double($1) }
    #expect(Set(sums).count == 1)
    #expect(abs(sums[0] - exact) < 1e-3)
  }

  @Test func updatesAreTheSameForAllVariants() {
    let results = availableVariants.map { variant in
      var (w, m, v) = (block(1), block(2), squared(block(3)))
      let g = block(4)
      w.withMutableView { w in
        m.withMutableView { m in
          v.withMutableView { v in
            g.withView {
              Kernels(variant: variant).adam(
                w, gradient: $0, m: m, v: v, range: 0..<48,
                rule: UpdateRule(rate: 0.01, gradientScale: 0.3, beta1: 0.9, beta2: 0.99, epsilon: 1e-8))
            }
          }
        }
      }
      return w.floats(in: 0..<48).map(\.bitPattern)
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }
}

import Testing

@testable import Tensors

@Suite struct KernelsTests {
  @Test func theOperationsAreThoseOfTheVariant() {
    for variant in availableVariants {
      #expect(Kernels(variant: variant).table.name.map { String(cString: $0) } == variant.rawValue)
    }
  }

  @Test func peakCountsItsWork() {
    // 12 chains of fused multiply-adds, two operations each
    #expect(Kernels(variant: .scalar).peak(rounds: 1000) == 24000)
    #expect(Kernels(variant: .scalar).peak(rounds: 2000) == 48000)
  }
}

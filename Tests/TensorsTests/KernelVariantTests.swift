import Testing

@testable import Tensors

@Suite struct KernelVariantTests {
  @Test func scalarIsEverywhereAndTheBestIsAvailable() {
    #expect(KernelVariant.scalar.isAvailable)
    #expect(KernelVariant.best.isAvailable)
    #if arch(x86_64)
      #expect(!KernelVariant.neon.isAvailable)
    #else
      #expect(!KernelVariant.avx512.isAvailable)
    #endif
  }

  @Test func variantsKeepTheirNames() {
    for variant in availableVariants {
      #expect(Kernels(variant: variant).table.name.map { String(cString: $0) } == variant.rawValue)
    }
  }

  @Test func peakCountsItsWork() {
    // 12 chains of fused multiply-adds, two operations each
    #expect(Kernels(variant: .scalar).peak(rounds: 1000) == 24000)
  }
}

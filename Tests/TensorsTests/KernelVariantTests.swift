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
}

import Testing

@testable import Tensors

@Suite struct KernelVariantTests {
  @Test func scalarIsEverywhereAndTheBestIsAvailable() {
    #expect(KernelVariant.scalar.isAvailable)
    // fastest first
    let fastest = [KernelVariant.avx512bf16, .avx512, .avx2, .neon, .scalar].first(where: \.isAvailable)
    #expect(KernelVariant.best == fastest)
    #if arch(x86_64)
      #expect(!KernelVariant.neon.isAvailable)
    #else
      #expect(!KernelVariant.avx512.isAvailable)
    #endif
  }
}

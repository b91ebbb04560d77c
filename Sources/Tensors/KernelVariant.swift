import CKernels

/// The instruction sets that the kernels are compiled for. All give the same bits.
public enum KernelVariant: String, Sendable, CaseIterable {
  /// C without vectors, one float at a time, for any processor. The tests compare the others with it.
  case scalar
  /// x86-64 with AVX2 and FMA: 8 floats at a time.
  case avx2
  /// x86-64 with AVX-512 F, VL, DQ and BW: 16 floats at a time.
  case avx512
  /// AVX-512 with BF16 and VNNI: one instruction multiplies pairs of bfloat16, another multiplies bytes.
  case avx512bf16
  /// NEON, which every 64-bit ARM processor has: 4 floats at a time.
  case neon

  var table: UnsafePointer<bard_kernels>? {
    switch self {
    case .scalar: bard_kernels_scalar()
    case .avx2: bard_kernels_avx2()
    case .avx512: bard_kernels_avx512()
    case .avx512bf16: bard_kernels_avx512_bf16()
    case .neon: bard_kernels_neon()
    }
  }

  /// Whether this processor can run the variant.
  public var isAvailable: Bool { table != nil }

  /// Whether products in bfloat16 are faster than in float32. The other variants compute the same bits with twice
  /// the work.
  public var hasBFloat16: Bool { self == .avx512bf16 }

  /// The fastest variant that this processor can run.
  public static let best: KernelVariant = [.avx512bf16, .avx512, .avx2, .neon].first(where: \.isAvailable) ?? .scalar
}

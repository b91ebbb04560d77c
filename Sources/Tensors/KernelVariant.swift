import CKernels

/// The instruction sets that the kernels are compiled for. All give the same bits.
public enum KernelVariant: String, Sendable, CaseIterable {
  /// C without vectors, one float at a time, on any processor: what the others are compared with.
  case scalar
  /// x86-64 with AVX2 and FMA: 8 floats at a time.
  case avx2
  /// x86-64 with AVX-512 F, VL, DQ and BW: 16 floats at a time.
  case avx512
  /// The same with BF16 and VNNI: products of bfloat16 and of bytes in one instruction each.
  case avx512bf16
  /// 64-bit ARM, all of which has NEON: 4 floats at a time.
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

  /// This processor can run it.
  public var isAvailable: Bool { table != nil }

  /// Products of bfloat16 are faster than those of float32; the other variants give the same bits, by twice the work.
  public var hasBFloat16: Bool { self == .avx512bf16 }

  /// The fastest one that this processor can run.
  public static let best: KernelVariant = [.avx512bf16, .avx512, .avx2, .neon].first(where: \.isAvailable) ?? .scalar
}

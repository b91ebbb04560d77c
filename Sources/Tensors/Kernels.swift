import CKernels

/// The numeric operations on panels, for one instruction set.
///
/// No operation allocates memory or uses threads (but for `sumOfSquares(_:block:sums:threads:)`): a caller splits the
/// work into parts and runs them with `parallel`. Every sum is one chain of fused multiply-adds in ascending order, so
/// results have the same bits for any split and any variant.
public struct Kernels: Sendable {
  /// The instruction set that the operations use.
  public let variant: KernelVariant

  /// The operations in one instruction set; every set gives the same bits.
  /// - Precondition: this processor can run `variant`.
  public init(variant: KernelVariant = .best) {
    precondition(variant.isAvailable, "this processor cannot run the \(variant.rawValue) kernels")
    self.variant = variant
  }

  var table: bard_kernels {
    guard let table = variant.table else { preconditionFailure("no \(variant.rawValue) kernels") }
    return table.pointee
  }

  /// Does multiply-adds in registers only: the most that one thread can do.
  /// - Returns: the floating-point operations done; the caller measures the time.
  public func peak(rounds: Int, precision: Precision = .float32) -> Double {
    switch precision {
    case .float32: table.peak(Int64(rounds))
    case .bfloat16: table.peak_bfloat16(Int64(rounds))
    }
  }
}

/// The numbers that products are computed from. Sums are always kept in float32.
public enum Precision: Sendable {
  /// 24 significant bits.
  case float32
  /// 8 significant bits, the range of float32.
  case bfloat16
}

import CKernels

/// The numeric operations on panels, for one instruction set.
///
/// No operation allocates memory or uses threads, except `sumOfSquares(_:block:sums:threads:)`. A caller splits the
/// work into parts and runs them with `parallel`.
///
/// Every sum has one fixed order, which `CKernels.h` describes. So the results have the same bits for every
/// variant, and for every way to divide rows and panels into parts.
public struct Kernels: Sendable {
  /// The instruction set that the operations use.
  public let variant: KernelVariant

  /// Makes the operations for one instruction set. Every set gives the same bits.
  /// - Precondition: This processor can run `variant`.
  public init(variant: KernelVariant = .best) {
    precondition(variant.isAvailable, "this processor cannot run the \(variant.rawValue) kernels")
    self.variant = variant
  }

  var table: bard_kernels {
    guard let table = variant.table else { preconditionFailure("no \(variant.rawValue) kernels") }
    return table.pointee
  }

  /// Does multiply-adds in registers only, which measures the highest speed of one thread.
  /// - Returns: The number of floating-point operations done. The caller measures the time.
  public func peak(rounds: Int, precision: Precision = .float32) -> Double {
    switch precision {
    case .float32: table.peak(Int64(rounds))
    case .bfloat16: table.peak_bfloat16(Int64(rounds))
    }
  }
}

/// The number format of the operands of a product. Sums are always kept in float32.
public enum Precision: Sendable {
  /// 24 significant bits.
  case float32
  /// 8 significant bits, with the range of float32.
  case bfloat16
}

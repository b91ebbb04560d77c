import CKernels

/// The numeric operations on panels, for one instruction set.
///
/// None of these allocates, and none uses threads: a caller splits the work in parts (`parallel`). Every sum is one chain
/// of fused multiply-adds in ascending order, so that results have the same bits for any split, and for any variant.
public struct Kernels: Sendable {
  /// The instruction set that all operations use.
  public let variant: KernelVariant

  /// The operations in one instruction set; all of them give the same bits.
  /// - Precondition: this processor can run `variant`.
  public init(variant: KernelVariant = .best) {
    precondition(variant.isAvailable, "this processor cannot run the \(variant.rawValue) kernels")
    self.variant = variant
  }

  var table: bard_kernels {
    guard let table = variant.table else { preconditionFailure("no \(variant.rawValue) kernels") }
    return table.pointee
  }

  /// Multiply-adds in registers only, of float32 or of pairs of bfloat16: what one thread can do at most.
  /// - Returns: the floating-point operations done; the caller takes the time.
  public func peak(rounds: Int, pairs: Bool = false) -> Double {
    pairs ? table.peak_pairs(Int64(rounds)) : table.peak(Int64(rounds))
  }
}

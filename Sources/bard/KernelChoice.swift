import CharLSTM
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The fastest kernels, or those that the environment variable BARD_KERNELS names.
func chosenKernels() throws -> Kernels {
  guard let value = getenv("BARD_KERNELS") else { return Kernels() }
  let name = String(cString: value)
  guard let variant = KernelVariant(rawValue: name), variant.isAvailable else {
    let available = KernelVariant.allCases.filter(\.isAvailable).map(\.rawValue).joined(separator: ", ")
    throw Failure("BARD_KERNELS=\(name): this processor has \(available).")
  }
  return Kernels(variant: variant)
}

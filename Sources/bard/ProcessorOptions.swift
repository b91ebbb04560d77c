import ArgumentParser
import CharLSTM
import REPL

/// The threads and kernels that a command computes with.
struct ProcessorOptions: ParsableArguments {
  @Option(help: "Number of threads; the result is the same for any number. (default: one per core)")
  var threads: Int?

  static let most = 256

  func validate() throws {
    if let threads, !(1...Self.most).contains(threads) {
      throw ValidationError("--threads must be from 1 to \(Self.most), not \(threads).")
    }
  }

  var count: Int { threads ?? max(1, min(Self.most, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// The chosen number of threads, with the fastest kernels or those that the environment variable BARD_KERNELS names.
  var processor: Processor {
    get throws { Processor(threads: count, kernels: try Self.kernels) }
  }

  static var kernels: Kernels {
    get throws {
      guard let value = getenv("BARD_KERNELS") else { return Kernels() }
      let name = String(cString: value)
      guard let variant = KernelVariant(rawValue: name), variant.isAvailable else {
        let available = KernelVariant.allCases.filter(\.isAvailable).map(\.rawValue).joined(separator: ", ")
        throw Failure("BARD_KERNELS is \(name), but this processor can run only \(available).")
      }
      return Kernels(variant: variant)
    }
  }
}

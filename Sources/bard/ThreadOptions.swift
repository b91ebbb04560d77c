import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

struct ThreadOptions: ParsableArguments {
  @Option(help: "Threads to compute with; the result is the same for any number. (default: one a core)")
  var threads: Int?

  static let most = 256

  func validate() throws {
    if let threads, !(1...Self.most).contains(threads) {
      throw ValidationError("--threads must be from 1 to \(Self.most), not \(threads).")
    }
  }

  var count: Int { threads ?? max(1, min(Self.most, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why the system refused a call: the value of `errno`.
struct SystemError: Error, Equatable {
  let number: Int32

  /// Makes a call, again for as long as signals interrupt it; a negative result is a failure.
  static func check<Value: SignedInteger>(_ call: () -> Value) throws(SystemError) -> Value {
    while true {
      let value = call()
      if value >= 0 { return value }
      let number = errno
      if number != EINTR { throw SystemError(number: number) }
    }
  }
}

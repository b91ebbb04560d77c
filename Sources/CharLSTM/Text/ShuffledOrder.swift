import Tensors

/// The numbers 0 ..< count in an order that depends on a key. The order is a function: it takes no memory and gives any
/// number directly.
///
/// A Feistel network (Luby & Rackoff 1988) permutes a range whose size is a power of four. A result outside 0 ..< count
/// is permuted again until it is inside (Black & Rogaway 2002).
struct ShuffledOrder: Sendable {
  let count: Int
  private let key: UInt64
  /// The number of bits in half of a number.
  private let halfBits: UInt64

  private static let rounds: UInt64 = 6

  init(count: Int, key: UInt64) {
    self.count = count
    self.key = key
    let bits = Int.bitWidth - max(0, count - 1).leadingZeroBitCount
    halfBits = UInt64(max(1, (bits + 1) / 2))
  }

  /// The number at position `index`.
  /// - Complexity: O(1) on average, because the range is less than four times the count.
  subscript(index: Int) -> Int {
    precondition(index >= 0 && index < count, "index \(index) of \(count)")
    var number = UInt64(index)
    repeat { number = permuted(number) } while number >= UInt64(count)
    return Int(number)
  }

  private func permuted(_ number: UInt64) -> UInt64 {
    let mask = (UInt64(1) << halfBits) - 1
    var (left, right) = (number >> halfBits, number & mask)
    for round in 0..<Self.rounds {
      var mixer = SplitMix64(state: key ^ (round << 56) ^ right)
      (left, right) = (right, left ^ (mixer.next() & mask))
    }
    return left << halfBits | right
  }
}

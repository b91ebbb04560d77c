/// Maps each character that consists of several scalars to a number. Its UTF-8 is the key.
struct ClusterTable: Sendable {
  /// Characters of up to seven bytes. The key is one word, which is hashed quickly and needs no array for a lookup.
  private var short: [UInt64: Int] = [:]
  private var long: [[UInt8]: Int] = [:]

  /// The number of the character with the bytes at `range`; nil if it has none.
  func number(of bytes: [UInt8], _ range: Range<Int>) -> Int? {
    if let key = Self.key(bytes, range) { return short[key] }
    return long[Array(bytes[range])]
  }

  /// Adds `number` to the number of the character with the bytes at `range`, which starts at 0.
  mutating func add(_ number: Int, to bytes: [UInt8], _ range: Range<Int>) {
    if let key = Self.key(bytes, range) {
      short[key, default: 0] += number
    } else {
      long[Array(bytes[range]), default: 0] += number
    }
  }

  /// Adds all numbers of another table to those of this one.
  mutating func add(_ other: ClusterTable) {
    short.merge(other.short, uniquingKeysWith: +)
    long.merge(other.long, uniquingKeysWith: +)
  }

  /// All characters that have a number, in no particular order.
  var assigned: [(entry: [UInt8], value: Int)] {
    short.map { (Self.bytes($0.key), $0.value) } + long.map { ($0.key, $0.value) }
  }

  /// The key of a short character: the number of bytes in the highest byte, then the bytes from the first to the last.
  private static func key(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64? {
    if range.count > 7 { return nil }
    var key = UInt64(range.count) << 56
    var shift: UInt64 = 48
    for index in range {
      key |= UInt64(bytes[index]) << shift
      shift &-= 8
    }
    return key
  }

  private static func bytes(_ key: UInt64) -> [UInt8] {
    (0..<Int(key >> 56)).map { UInt8(truncatingIfNeeded: key >> (48 - 8 * UInt64($0))) }
  }
}

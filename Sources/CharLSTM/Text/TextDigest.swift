/// A 64-bit fingerprint of a text's bytes and length, computed while the text is read.
struct TextDigest: Sendable, Equatable {
  private var hash: UInt64
  /// Bytes that do not fill a word of eight yet, with the first byte lowest.
  private var carry: UInt64 = 0
  private var carried = 0

  /// Starts the digest of a text.
  /// - Parameter byteCount: The length of the whole text in bytes.
  init(byteCount: Int) { hash = 0x9E37_79B9_7F4A_7C15 ^ UInt64(byteCount) }

  /// Adds the next bytes of the text. The digest does not depend on how the text is divided into calls.
  /// - Complexity: O(bytes), with one multiplication for eight bytes.
  mutating func update(_ bytes: [UInt8], _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "bytes \(range) of \(bytes.count)")
    var index = range.lowerBound
    while carried > 0 && index < range.upperBound {
      append(bytes[index])
      index += 1
    }
    var hash = hash
    while index &+ 8 <= range.upperBound {
      let eight = bytes.span.extracting(index..<index &+ 8)
      var word: UInt64 = 0
      for offset in 0..<8 { word |= UInt64(eight[offset]) &<< (8 &* UInt64(offset)) }
      hash = Self.mixed(hash, word)
      index = index &+ 8
    }
    self.hash = hash
    while index < range.upperBound {
      append(bytes[index])
      index += 1
    }
  }

  private mutating func append(_ byte: UInt8) {
    carry |= UInt64(byte) << (8 * UInt64(carried))
    carried += 1
    if carried == 8 {
      hash = Self.mixed(hash, carry)
      (carry, carried) = (0, 0)
    }
  }

  /// The digest as 16 hexadecimal digits. Bytes that do not fill a word are mixed in one by one.
  var text: String {
    var hash = hash
    for index in 0..<carried { hash = Self.mixed(hash, carry >> (8 * UInt64(index)) & 0xFF) }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  @inline(__always)
  private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word) &* 0xD6E8_FEB8_6659_FD93
    return product ^ product >> 32
  }
}

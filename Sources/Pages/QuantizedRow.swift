import CharLSTM

/// The values of a cell on a page, as base-64 digits. Each value has a fixed number of bits, and the steps are evenly
/// spaced from the lowest to the highest value of the row.
///
/// 10 million values (1,000 cells, 10,000 characters) must fit into 8 MB of a text file. Base 64 holds 6 bits in a
/// byte, so a value of 4 bits takes 2/3 of a byte, 6.7 MB in all. A fifth bit would not fit. A reader can distinguish
/// about sixteen shades behind letters. Where there is room, values take 6 or 12 bits. Because each row has a range of
/// its own, a cell with a small range is drawn as exactly, relative to its range, as a cell that goes from -1 to 1.
struct QuantizedRow: Sendable, Equatable {
  /// The possible numbers of bits of a value, largest first: two digits a value, one digit a value, and two digits for
  /// three values.
  static let widths = [12, 6, 4]

  let lowest: Float
  let highest: Float
  /// The base-64 digits, in ASCII.
  let digits: [UInt8]

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// - Precondition: `bits` is one of `widths`, and the values are finite.
  init(_ values: ArraySlice<Float>, bits: Int) {
    precondition(Self.widths.contains(bits), "\(bits) bits")
    lowest = values.min() ?? 0
    highest = values.max() ?? 0
    let range = Double(highest) - Double(lowest)
    let scale = range > 0 ? Double(Self.steps(bits)) / range : 0
    var digits: [UInt8] = []
    digits.reserveCapacity(Self.digitCount(values.count, bits: bits))
    var (word, held) = (0, 0)
    for value in values {
      word = word << bits | Int(((Double(value) - Double(lowest)) * scale).rounded())
      held += bits
      // values of 4 bits are written in groups of three
      if bits == 4 && held < 12 { continue }
      Self.append(word, bits: held, to: &digits)
      (word, held) = (0, 0)
    }
    if held > 0 { Self.append(word << (12 - held), bits: 12, to: &digits) }
    self.digits = digits
  }

  private static func append(_ word: Int, bits: Int, to digits: inout [UInt8]) {
    if bits == 12 { digits.append(alphabet[word >> 6]) }
    digits.append(alphabet[word & 63])
  }

  /// The number of steps from the lowest value to the highest.
  static func steps(_ bits: Int) -> Int { (1 << bits) - 1 }

  /// The number of digits of a row.
  static func digitCount(_ values: Int, bits: Int) -> Int {
    bits == 4 ? 2 * ((values + 2) / 3) : values * bits / 6
  }
}

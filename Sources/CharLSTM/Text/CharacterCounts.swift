/// The number of times each character occurs in a text or in a part of it.
struct CharacterCounts: Sendable {
  private let unit: TextUnit
  private var singles = ScalarTable(empty: 0)
  private var clusters = ClusterTable()
  /// The total number of characters.
  private(set) var total = 0

  /// Counts of an empty text.
  init(unit: TextUnit) { self.unit = unit }

  /// Counts the characters of a text.
  /// - Parameter bytes: UTF-8, or any bytes if the unit is `byte`.
  /// - Throws: `VocabularyError.invalidUTF8`.
  init(of bytes: [UInt8], unit: TextUnit) throws(VocabularyError) {
    self.init(unit: unit)
    if let offset = Segmentation.firstInvalid(in: bytes, unit: unit) { throw .invalidUTF8(byteOffset: offset) }
    count(bytes)
  }

  private mutating func count(_ bytes: [UInt8]) {
    var singles = ScalarTable(empty: 0)
    var clusters = ClusterTable()
    var pieces = 0
    // counts of scalars below 256, or of bytes
    var lowest = InlineArray<256, Int>(repeating: 0)
    Segmentation.forEachRun(
      in: bytes, unit: unit,
      run: { range in
        for index in range { lowest[Int(bytes[index])] += 1 }
        pieces += range.count
        return true
      },
      piece: { piece in
        if let scalar = piece.scalar {
          if scalar < 256 { lowest[Int(scalar)] += 1 } else { singles[scalar] += 1 }
        } else {
          clusters.add(1, to: bytes, piece.range)
        }
        pieces += 1
        return true
      })
    for byte in 0..<256 where lowest[byte] > 0 { singles[UInt32(byte)] = lowest[byte] }
    self.singles = singles
    self.clusters = clusters
    total = pieces
  }

  /// Adds the counts of another part of the text, which must use the same unit.
  mutating func add(_ other: CharacterCounts) {
    for (scalar, count) in other.singles.assigned { singles[scalar] += count }
    clusters.add(other.clusters)
    total += other.total
  }

  /// Each character with its count, as UTF-8 or as its byte, in no particular order.
  var entries: [(entry: [UInt8], count: Int)] {
    clusters.assigned.map { ($0.entry, $0.value) } + singles.assigned.map { (encode($0.scalar), $0.value) }
  }

  private func encode(_ scalar: UInt32) -> [UInt8] {
    guard unit != .byte, let scalar = Unicode.Scalar(scalar) else { return [UInt8(truncatingIfNeeded: scalar)] }
    return Array(String(scalar).utf8)
  }
}

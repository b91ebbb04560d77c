/// The characters that a model knows, each with its id: the tokenizer.
///
/// What a character is, the unit says. Characters are told apart by their scalars, not by canonical equivalence as Swift's
/// `Character` is: "é" in one scalar and "é" in two are different entries, and a text comes back as it was.
public struct Vocabulary: Sendable, Equatable {
  /// What one character of it is: a grapheme cluster, a scalar or a byte.
  public let unit: TextUnit
  /// An unknown symbol exists: it stands for all characters rarer than the minimum count, and its id is the last one.
  public let hasUnknown: Bool
  /// UTF-8 of each character in id order, without the unknown symbol.
  let entries: [[UInt8]]

  let singles: ScalarTable
  let clusters: ClusterTable

  /// V, the unknown symbol included.
  public var count: Int { entries.count + (hasUnknown ? 1 : 0) }

  /// The id of the unknown symbol.
  public var unknownID: Int32? { hasUnknown ? Int32(entries.count) : nil }

  package init(unit: TextUnit, entries: [[UInt8]], hasUnknown: Bool) {
    self.unit = unit
    self.entries = entries
    self.hasUnknown = hasUnknown
    var singles = ScalarTable(empty: -1)
    var clusters = ClusterTable()
    for (id, entry) in entries.enumerated() {
      if let scalar = Self.singleScalar(entry, unit: unit) {
        singles[scalar] = id
      } else {
        clusters.add(id, to: entry, entry.indices)
      }
    }
    self.singles = singles
    self.clusters = clusters
  }

  private static func singleScalar(_ entry: [UInt8], unit: TextUnit) -> UInt32? {
    if unit == .byte { return UInt32(entry[0]) }
    let (scalar, length) = Segmentation.decode(entry, at: 0)
    return length == entry.count ? scalar : nil
  }

  /// Counts the characters of a text: ids go to the most frequent first, ties by code point.
  ///
  /// - Parameters:
  ///   - unit: what one character is to be.
  ///   - bytes: UTF-8, or anything for the unit `byte`.
  ///   - minimumCount: rarer characters share the unknown symbol.
  /// - Throws: `VocabularyError.invalidUTF8`.
  public init(unit: TextUnit, countingIn bytes: [UInt8], minimumCount: Int = 1) throws(VocabularyError) {
    self.init(unit: unit, try CharacterCounts(of: bytes, unit: unit), minimumCount: minimumCount)
  }

  init(unit: TextUnit, _ counts: CharacterCounts, minimumCount: Int) {
    // UTF-8 sorts as its scalars do
    let counted = counts.entries.sorted { a, b in
      a.count != b.count ? a.count > b.count : a.entry.lexicographicallyPrecedes(b.entry)
    }
    let kept = counted.filter { $0.count >= minimumCount }.map(\.entry)
    self.init(unit: unit, entries: kept, hasUnknown: kept.count < counted.count)
  }

  @inline(__always)
  func id(of piece: Segmentation.Piece, in bytes: [UInt8]) -> Int32? {
    if let scalar = piece.scalar {
      let id = singles[scalar]
      return id >= 0 ? Int32(truncatingIfNeeded: id) : nil
    }
    return clusters.number(of: bytes, piece.range).map { Int32(truncatingIfNeeded: $0) }
  }

  /// A prompt as ids, segmented by itself.
  ///
  /// - Parameters:
  ///   - text: of any length, empty too.
  ///   - unknown: what to do with a character that is not in the vocabulary.
  /// - Returns: the ids, and each character that was left out, once.
  /// - Throws: `VocabularyError.unknownCharacter`.
  public func encode(
    _ text: String, unknown: UnknownPolicy
  ) throws(VocabularyError) -> (ids: [Int32], skipped: [UnknownCharacter]) {
    try encode(bytes: Array(text.utf8), unknown: unknown)
  }

  /// A prompt as ids, segmented by itself.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, or anything for the unit `byte`; of any length.
  ///   - unknown: what to do with a character that is not in the vocabulary; the unknown symbol is no way out here, for a
  ///     reader would not see what became of the character.
  /// - Returns: the ids, and each character that was left out, once.
  /// - Throws: `VocabularyError`.
  public func encode(
    bytes: [UInt8], unknown: UnknownPolicy
  ) throws(VocabularyError) -> (ids: [Int32], skipped: [UnknownCharacter]) {
    if let invalid = Segmentation.firstInvalid(in: bytes, unit: unit) { throw .invalidUTF8(byteOffset: invalid) }
    var ids: [Int32] = []
    var skipped: [UnknownCharacter] = []
    var failure: VocabularyError?
    Segmentation.forEachPiece(in: bytes, unit: unit) { piece in
      if let id = id(of: piece, in: bytes) {
        ids.append(id)
        return true
      }
      let character = UnknownCharacter(utf8: Array(bytes[piece.range]), unit: unit)
      if unknown == .error {
        failure = .unknownCharacter(character, byteOffset: piece.range.lowerBound)
        return false
      }
      if !skipped.contains(character) { skipped.append(character) }
      return true
    }
    if let failure { throw failure }
    return (ids, skipped)
  }

  /// UTF-8 of a character, or the byte; empty for the unknown symbol.
  public func utf8Bytes(of id: Int32) -> [UInt8] { Int(id) < entries.count ? entries[Int(id)] : [] }

  /// A character as a string; nil for the unknown symbol, and for a byte that is no character by itself.
  public func text(of id: Int32) -> String? {
    let bytes = utf8Bytes(of: id)
    return bytes.isEmpty ? nil : String(validating: bytes, as: UTF8.self)
  }

  /// The text that ids stand for; the unknown symbol leaves nothing.
  public func decode(_ ids: some Sequence<Int32>) -> [UInt8] { ids.flatMap { utf8Bytes(of: $0) } }
}

/// What to do with a character that the vocabulary lacks.
public enum UnknownPolicy: Sendable {
  /// An error that names it.
  case error
  /// It is left out, and named in the result.
  case skip
}

/// What can be wrong with a text.
public enum VocabularyError: Error, Sendable, Equatable {
  /// The first byte that is no UTF-8: where the first sequence begins that is overlong, cut off, a surrogate or above U+10FFFF.
  case invalidUTF8(byteOffset: Int)
  /// The first character of the unit that the vocabulary lacks, and the byte at which it begins.
  case unknownCharacter(UnknownCharacter, byteOffset: Int)
}

/// A character that the vocabulary lacks.
public struct UnknownCharacter: Sendable, Equatable, CustomStringConvertible {
  /// UTF-8 of the character, or the byte.
  public let utf8: [UInt8]
  /// What it is one of: a grapheme cluster, a scalar or a byte.
  public let unit: TextUnit

  /// A character by its bytes; there is no check that they are exactly one.
  public init(utf8: [UInt8], unit: TextUnit) {
    self.utf8 = utf8
    self.unit = unit
  }

  /// “é” (U+00E9), with every scalar of a cluster; byte 0xE9.
  public var description: String {
    guard unit != .byte, let text = String(validating: utf8, as: UTF8.self) else {
      return utf8.map { "byte 0x" + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
    }
    let scalars = text.unicodeScalars.map(\.codePoint)
    let isVisible = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    return "\(isVisible ? "“\(text)”" : text.debugDescription) (\(scalars.joined(separator: " ")))"
  }
}

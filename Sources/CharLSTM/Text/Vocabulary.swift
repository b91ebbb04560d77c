/// The characters that a model knows, and their ids. This is the tokenizer.
///
///     let vocabulary = try Vocabulary(unit: .character, characters: ["a", "b", "r"])
///     let ids = try vocabulary.encode("bar", unknown: .error).ids     // [1, 0, 2]
///     let text = String(decoding: vocabulary.decode(ids), as: UTF8.self)     // "bar"
///
/// The unit says what a character is. Characters are compared by their scalars. Swift's `Character` compares them by
/// canonical equivalence instead. So "é" as one scalar and "é" as two are different entries, and decoding gives back
/// exactly the text that was encoded.
public struct Vocabulary: Sendable, Equatable {
  /// The unit of a character: a grapheme cluster, a scalar or a byte.
  public let unit: TextUnit
  /// Whether there is an unknown symbol. It replaces all characters rarer than the minimum count, and its id is the
  /// last one.
  public let hasUnknown: Bool
  /// The UTF-8 of each character in id order, without the unknown symbol.
  let entries: [[UInt8]]

  let singles: ScalarTable
  let clusters: ClusterTable

  /// The vocabulary size V, including the unknown symbol.
  public var count: Int { entries.count + (hasUnknown ? 1 : 0) }

  /// The id of the unknown symbol; nil if there is none.
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

  /// Makes a vocabulary from the characters of a text. The most frequent character gets id 0; equally frequent ones are
  /// in the order of their code points.
  ///
  /// - Parameters:
  ///   - unit: What counts as one character.
  ///   - bytes: UTF-8, or any bytes if the unit is `byte`.
  ///   - minimumCount: Characters that occur less often than this share the unknown symbol.
  /// - Throws: `VocabularyError.invalidUTF8`.
  public init(unit: TextUnit, countingIn bytes: [UInt8], minimumCount: Int = 1) throws(VocabularyError) {
    self.init(unit: unit, try CharacterCounts(of: bytes, unit: unit), minimumCount: minimumCount)
  }

  init(unit: TextUnit, _ counts: CharacterCounts, minimumCount: Int) {
    // the order of UTF-8 is the order of the scalars
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

  /// Converts a prompt to ids. It is segmented by itself, without the text around it.
  ///
  /// - Parameters:
  ///   - text: A text of any length; it may be empty.
  ///   - unknown: The policy for a character that is not in the vocabulary.
  /// - Returns: The ids, and each distinct character that was skipped.
  /// - Throws: `VocabularyError.unknownCharacter`.
  public func encode(
    _ text: String, unknown: UnknownPolicy
  ) throws(VocabularyError) -> (ids: [Int32], skipped: [UnknownCharacter]) {
    try encode(bytes: Array(text.utf8), unknown: unknown)
  }

  /// Converts a prompt to ids. It is segmented by itself, without the text around it.
  ///
  /// The unknown symbol never replaces a character here, because the reader could not see which character it replaced.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, or any bytes if the unit is `byte`, of any length.
  ///   - unknown: The policy for a character that is not in the vocabulary.
  /// - Returns: The ids, and each distinct character that was skipped.
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

  /// The UTF-8 of a character, or the byte; empty for the unknown symbol.
  public func utf8Bytes(of id: Int32) -> [UInt8] { Int(id) < entries.count ? entries[Int(id)] : [] }

  /// A character as a string; nil for the unknown symbol, and for a byte that is not a character by itself.
  public func text(of id: Int32) -> String? {
    let bytes = utf8Bytes(of: id)
    return bytes.isEmpty ? nil : String(validating: bytes, as: UTF8.self)
  }

  /// The bytes of the text that the ids stand for. The unknown symbol adds nothing.
  public func decode(_ ids: some Sequence<Int32>) -> [UInt8] { ids.flatMap { utf8Bytes(of: $0) } }
}

/// The policy for a character that is not in the vocabulary.
public enum UnknownPolicy: Sendable {
  /// Throw an error that names the character.
  case error
  /// Skip the character and report it in the result.
  case skip
}

/// The reason why a text cannot be converted to ids.
public enum VocabularyError: Error, Sendable, Equatable {
  /// The text is not UTF-8. The offset is that of the first sequence that is overlong, cut off, a surrogate or above
  /// U+10FFFF.
  case invalidUTF8(byteOffset: Int)
  /// The vocabulary does not have this character. The offset is that of its first byte, at its first occurrence.
  case unknownCharacter(UnknownCharacter, byteOffset: Int)
}

/// A character that is not in the vocabulary.
public struct UnknownCharacter: Sendable, Equatable, CustomStringConvertible {
  /// The UTF-8 of the character, or the byte.
  public let utf8: [UInt8]
  /// The unit of the character: a grapheme cluster, a scalar or a byte.
  public let unit: TextUnit

  /// Makes a character from its bytes. It is not checked that they are exactly one character.
  public init(utf8: [UInt8], unit: TextUnit) {
    self.utf8 = utf8
    self.unit = unit
  }

  /// The character with all its scalars, such as “é” (U+00E9), or the byte, such as byte 0xE9.
  public var description: String {
    guard unit != .byte, let text = String(validating: utf8, as: UTF8.self) else {
      return utf8.map { "byte 0x" + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
    }
    let scalars = text.unicodeScalars.map(\.codePoint)
    let isVisible = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    return "\(isVisible ? "“\(text)”" : text.debugDescription) (\(scalars.joined(separator: " ")))"
  }
}

extension Vocabulary {
  /// Makes a vocabulary of grapheme clusters or scalars from a list in id order.
  ///
  /// - Parameters:
  ///   - unit: `character` or `scalar`. For bytes, use `init(bytes:hasUnknown:)`.
  ///   - characters: The entries. They are compared by their scalars, so "é" as one scalar and "é" as two may both be
  ///     in the list.
  ///   - hasUnknown: Whether an unknown symbol follows the last entry.
  /// - Throws: `VocabularyListError`.
  /// - Precondition: `unit` is not `byte`.
  public init(
    unit: TextUnit, characters: [String], hasUnknown: Bool = false
  ) throws(VocabularyListError) {
    precondition(unit != .byte, "a vocabulary of bytes needs numbers, not strings: use init(bytes:hasUnknown:)")
    let entries = characters.map { Array($0.utf8) }
    for (id, entry) in entries.enumerated() {
      var pieces = 0
      Segmentation.forEachPiece(in: entry, unit: unit) { _ in
        pieces += 1
        return pieces < 2
      }
      guard pieces == 1 else { throw .notOneCharacter(id: id) }
    }
    try self.init(unit: unit, distinct: entries, hasUnknown: hasUnknown)
  }

  /// Makes a vocabulary of bytes from a list in id order.
  ///
  /// - Parameters:
  ///   - bytes: Distinct bytes.
  ///   - hasUnknown: Whether an unknown symbol follows the last byte.
  /// - Throws: `VocabularyListError.repeated` or `empty`.
  public init(bytes: [UInt8], hasUnknown: Bool = false) throws(VocabularyListError) {
    try self.init(unit: .byte, distinct: bytes.map { [$0] }, hasUnknown: hasUnknown)
  }

  private init(unit: TextUnit, distinct entries: [[UInt8]], hasUnknown: Bool) throws(VocabularyListError) {
    guard !entries.isEmpty || hasUnknown else { throw .empty }
    var ids: [[UInt8]: Int] = [:]
    for (id, entry) in entries.enumerated() {
      if let first = ids.updateValue(id, forKey: entry) { throw .repeated(id: id, first: first) }
    }
    self.init(unit: unit, entries: entries, hasUnknown: hasUnknown)
  }
}

/// The reason why a list is not a vocabulary.
public enum VocabularyListError: Error, Sendable, Equatable {
  /// The list is empty and there is no unknown symbol.
  case empty
  /// The entry is empty, or it has several characters of the unit.
  case notOneCharacter(id: Int)
  /// The entry is equal to the one at index `first`.
  case repeated(id: Int, first: Int)
}

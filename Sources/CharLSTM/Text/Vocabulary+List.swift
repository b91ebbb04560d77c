extension Vocabulary {
  /// A vocabulary of grapheme clusters or scalars from a list in id order.
  ///
  /// - Parameters:
  ///   - unit: `character` or `scalar`; bytes have an initializer of their own.
  ///   - characters: entries told apart by their scalars, so that "é" in one scalar and "é" in two may both be there.
  ///   - hasUnknown: whether an unknown symbol follows the last of them.
  /// - Throws: `VocabularyListError`.
  /// - Precondition: `unit` is not `byte`.
  public init(
    unit: TextUnit, characters: [String], hasUnknown: Bool = false
  ) throws(VocabularyListError) {
    precondition(unit != .byte, "bytes are listed as numbers")
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

  /// A vocabulary of bytes from a list in id order.
  ///
  /// - Parameters:
  ///   - bytes: any bytes, each once.
  ///   - hasUnknown: whether an unknown symbol follows the last of them.
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

/// Why a list is no vocabulary.
public enum VocabularyListError: Error, Sendable, Equatable {
  /// Neither an entry nor an unknown symbol.
  case empty
  /// An entry that is nothing, or several characters of the unit.
  case notOneCharacter(id: Int)
  /// An entry that is also at the place `first`.
  case repeated(id: Int, first: Int)
}

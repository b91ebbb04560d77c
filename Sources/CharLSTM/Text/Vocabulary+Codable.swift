/// Coded as `{"unit": "character", "characters": ["e", " ", …]}` in id order, or as `{"unit": "byte", "bytes": [101,
/// …]}` for bytes. If there is an unknown symbol, `"unknown"` holds its id, which is the last one.
extension Vocabulary: Codable {
  private enum CodingKeys: String, CodingKey { case unit, characters, bytes, unknown }

  /// Reads the form that `encode(to:)` writes, from this or any other program.
  ///
  /// - Throws: `DecodingError`. It is `dataCorrupted`, with the position of the entry, if the list is not a vocabulary.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let unit = try container.decode(TextUnit.self, forKey: .unit)
    let unknown = try container.decodeIfPresent(Int.self, forKey: .unknown)
    let key: CodingKeys = unit == .byte ? .bytes : .characters
    let list: Vocabulary
    do {
      list =
        unit == .byte
        ? try Vocabulary(bytes: container.decode([UInt8].self, forKey: key), hasUnknown: unknown != nil)
        : try Vocabulary(
          unit: unit, characters: container.decode([String].self, forKey: key), hasUnknown: unknown != nil)
    } catch let error as VocabularyListError {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: container, debugDescription: Self.words(for: error, unit: unit))
    }
    guard unknown == nil || unknown == list.entries.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .unknown, in: container,
        debugDescription: "the unknown symbol's id must be the last one, \(list.entries.count)")
    }
    self = list
  }

  private static func words(for error: VocabularyListError, unit: TextUnit) -> String {
    switch error {
    case .empty: "it is empty"
    case .notOneCharacter(let id): "entry \(id) is not one \(unit.rawValue)"
    case .repeated(let id, let first): "entry \(id) is the same as entry \(first)"
    }
  }

  /// Writes the unit, the list in id order, and the id of the unknown symbol if there is one.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(unit, forKey: .unit)
    if unit == .byte {
      try container.encode(entries.map { $0[0] }, forKey: .bytes)
    } else {
      try container.encode(entries.map { String(decoding: $0, as: UTF8.self) }, forKey: .characters)
    }
    if hasUnknown { try container.encode(entries.count, forKey: .unknown) }
  }

  /// Whether both have the same unit and the same bytes at every id. Canonical equivalence is not enough.
  public static func == (a: Vocabulary, b: Vocabulary) -> Bool {
    a.unit == b.unit && a.hasUnknown == b.hasUnknown && a.entries == b.entries
  }
}

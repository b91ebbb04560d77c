/// `{"unit": "character", "characters": ["e", " ", …]}` in id order; for bytes `{"unit": "byte", "bytes": [101, …]}`. Where
/// an unknown symbol exists, `"unknown"` holds its id, which is the last one.
extension Vocabulary: Codable {
  private enum CodingKeys: String, CodingKey { case unit, characters, bytes, unknown }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let unit = try container.decode(TextUnit.self, forKey: .unit)
    let key: CodingKeys = unit == .byte ? .bytes : .characters
    func damaged(_ reason: String) -> DecodingError {
      .dataCorruptedError(forKey: key, in: container, debugDescription: reason)
    }
    let entries: [[UInt8]]
    if unit == .byte {
      entries = try container.decode([UInt8].self, forKey: .bytes).map { [$0] }
    } else {
      entries = try container.decode([String].self, forKey: .characters).map { Array($0.utf8) }
      for (id, entry) in entries.enumerated() {
        var pieces = 0
        Segmentation.forEachPiece(in: entry, unit: unit) { _ in
          pieces += 1
          return pieces < 2
        }
        guard pieces == 1 else { throw damaged("entry \(id) is not one \(unit.rawValue)") }
      }
    }
    guard Set(entries).count == entries.count else { throw damaged("an entry is there twice") }
    let unknown = try container.decodeIfPresent(Int.self, forKey: .unknown)
    guard unknown == nil || unknown == entries.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .unknown, in: container,
        debugDescription: "the unknown symbol's id must be the last one, \(entries.count)")
    }
    guard !entries.isEmpty || unknown != nil else { throw damaged("it is empty") }
    self.init(unit: unit, entries: entries, hasUnknown: unknown != nil)
  }

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

  public static func == (a: Vocabulary, b: Vocabulary) -> Bool {
    a.unit == b.unit && a.hasUnknown == b.hasUnknown && a.entries == b.entries
  }
}

/// How a scalar affects the boundaries beside it (Unicode Standard Annex 29, rules GB3 to GB13).
enum ScalarKind: UInt8 {
  /// Swift's own segmentation decides.
  case other
  /// A scalar whose Grapheme_Cluster_Break is Other, Control, CR, LF, LV or LVT, and that takes part in no emoji
  /// sequence. It may be a Devanagari consonant: two consonants are joined only by a virama between them, and a virama
  /// is not a `mark`.
  case plain
  /// A scalar whose Grapheme_Cluster_Break is Extend or SpacingMark, and that does not join the next scalar to the
  /// cluster: it is neither a virama nor a joiner.
  case mark
}

extension Segmentation {
  @inline(__always)
  static func isPlain(_ scalar: UInt32, _ kinds: [ScalarKind]) -> Bool {
    scalar < 0x1_0000 ? kinds[Int(scalar)] == .plain : (0x2_0000...0x2_FFFD).contains(scalar)
  }

  /// The kinds of all scalars of the Basic Multilingual Plane.
  static let kinds: [ScalarKind] = {
    let plain: [ClosedRange<Int>] = [
      0x0000...0x007F, 0x00A0...0x00A8, 0x00AA...0x00AC, 0x00AF...0x02FF,  // Latin without © and ®
      0x0370...0x0377, 0x037A...0x037F, 0x0384...0x0482, 0x048A...0x052F,  // Greek, Cyrillic
      0x0531...0x0556, 0x0561...0x0587, 0x05D0...0x05EA,  // Armenian, Hebrew letters
      0x0620...0x064A, 0x0660...0x066F, 0x0671...0x06D4,  // Arabic letters and digits
      0x0904...0x0939, 0x093D...0x093D, 0x0958...0x0961, 0x0964...0x0980,  // Devanagari letters and digits
      0x0E01...0x0E30, 0x0E32...0x0E32, 0x0E40...0x0E46,  // Thai letters
      0x10D0...0x10FF, 0x1E00...0x1FFE,  // Georgian, Latin and Greek with accents
      0x2010...0x2027, 0x2030...0x203B, 0x203D...0x2048, 0x204A...0x205E, 0x2070...0x20BF,  // punctuation, currencies
      0x3001...0x3029, 0x3041...0x3096, 0x309B...0x30FF, 0x3105...0x312F,  // kana, Bopomofo
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xFF01...0xFF9D,  // ideographs, Hangul syllables, wide forms
    ]
    let marks: [ClosedRange<Int>] = [
      0x0300...0x036F, 0x0483...0x0489, 0x0591...0x05BD, 0x05BF...0x05BF, 0x05C1...0x05C2,  // accents, Hebrew points
      0x064B...0x065F, 0x0670...0x0670,  // Arabic vowels
      0x0900...0x0903, 0x093A...0x093C, 0x093E...0x094C, 0x0951...0x0957, 0x0962...0x0963,  // Devanagari vowels
      0x0E31...0x0E31, 0x0E33...0x0E3A, 0x0E47...0x0E4E, 0x3099...0x309A,  // Thai vowels and tones, voiced kana
    ]
    var kinds = [ScalarKind](repeating: .other, count: 0x1_0000)
    for range in plain { for scalar in range { kinds[scalar] = .plain } }
    for range in marks { for scalar in range { kinds[scalar] = .mark } }
    return kinds
  }()
}

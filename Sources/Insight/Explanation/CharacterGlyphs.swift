import CharLSTM

/// One glyph for each character of a short text, so that the text can be drawn in a grid.
///
/// A character that every terminal shows in one or two columns is its own glyph. All others get a symbol of one column.
/// Spaces and controls get their usual symbol. Anything else gets a symbol that is assigned here: emoji, letters with
/// combining marks, and bytes that are not a character.
package struct CharacterGlyphs: Sendable, Equatable {
  /// A symbol and what it stands for.
  package struct Meaning: Sendable, Equatable {
    package let glyph: String
    package let words: String
  }

  private var glyphs: [Int32: String] = [:]
  /// The symbols in use, in the order in which the text first needs them.
  package private(set) var legend: [Meaning] = []
  /// The width of the widest glyph, in columns.
  package private(set) var columns = 1

  private static let named: [String: Meaning] = [
    " ": Meaning(glyph: "␣", words: "a space"), "\n": Meaning(glyph: "⏎", words: "a line feed"),
    "\t": Meaning(glyph: "⇥", words: "a tab"), "\r": Meaning(glyph: "␍", words: "a carriage return"),
    "\r\n": Meaning(glyph: "↵", words: "a carriage return with a line feed"),
    "\u{A0}": Meaning(glyph: "⍽", words: "a no-break space"),
    "\u{7F}": Meaning(glyph: "␡", words: "a delete character"),
  ]
  private static let unknown = Meaning(glyph: "\u{FFFD}", words: "a character too rare to be in the vocabulary")
  private static let other = Meaning(glyph: "▒", words: "any other character that does not fit into a column")
  /// If the text contains one of these symbols, that character is drawn with another symbol.
  private static let reserved = Set(named.values.map(\.glyph) + [unknown.glyph, other.glyph])
  private static let assignable = "◆◇▲△▼▽■□●○★☆◈◉◊◍◐◑◒◓".map(String.init)

  /// - Parameter ids: all characters that will be drawn. Symbols are assigned in this order.
  package init(_ ids: some Sequence<Int32>, vocabulary: Vocabulary) {
    var hidden: [Int32] = []
    for id in ids where glyphs[id] == nil && !hidden.contains(id) {
      if let glyph = Self.characterAsGlyph(id, vocabulary) {
        glyphs[id] = glyph
        columns = max(columns, glyph.columns)
      } else {
        hidden.append(id)
      }
    }
    let taken = Set(glyphs.values)
    var symbols = Self.assignable.filter { !taken.contains($0) }[...]
    for id in hidden {
      let meaning =
        Self.usualSymbol(of: id, vocabulary)
        ?? symbols.popFirst().map { Meaning(glyph: $0, words: Self.words(of: id, vocabulary)) } ?? Self.other
      glyphs[id] = meaning.glyph
      if !legend.contains(meaning) { legend.append(meaning) }
    }
  }

  package subscript(id: Int32) -> String { glyphs[id] ?? Self.other.glyph }

  /// A piece of text, with each glyph padded to the width of the widest.
  package func text(_ ids: some Sequence<Int32>) -> String {
    ids.reduce(into: "") { text, id in text += self[id].padded(to: columns) }
  }

  /// The character itself, if every terminal shows it in one or two columns and it is not a reserved symbol.
  private static func characterAsGlyph(_ id: Int32, _ vocabulary: Vocabulary) -> String? {
    guard let text = vocabulary.text(of: id), text.unicodeScalars.count == 1, !reserved.contains(text) else {
      return nil
    }
    return text.unicodeScalars.first?.dependableColumns == nil ? nil : text
  }

  private static func usualSymbol(of id: Int32, _ vocabulary: Vocabulary) -> Meaning? {
    guard id != vocabulary.unknownID else { return unknown }
    guard let text = vocabulary.text(of: id) else { return nil }
    if let meaning = named[text] { return meaning }
    guard text.utf8.count == 1, let scalar = text.unicodeScalars.first, let picture = scalar.controlPicture else {
      return nil
    }
    return Meaning(glyph: String(picture), words: "the control character \(scalar.codePoint)")
  }

  private static func words(of id: Int32, _ vocabulary: Vocabulary) -> String {
    guard let text = vocabulary.text(of: id) else {
      return UnknownCharacter(utf8: vocabulary.utf8Bytes(of: id), unit: vocabulary.unit).description
    }
    let codePoints = text.unicodeScalars.map(\.codePoint).joined(separator: " ")
    guard text.unicodeScalars.allSatisfy(\.isHarmless) else { return codePoints }
    let isMark = text.unicodeScalars.first?.properties.generalCategory.isMark ?? false
    return "\(isMark ? "◌" : "")\(text) (\(codePoints))"
  }
}

extension Unicode.GeneralCategory {
  fileprivate var isMark: Bool { [.nonspacingMark, .spacingMark, .enclosingMark].contains(self) }
}

extension Unicode.Scalar {
  /// Whether it is safe to write to a terminal: it controls neither the terminal nor the direction of text.
  fileprivate var isHarmless: Bool {
    switch properties.generalCategory {
    case .control, .surrogate, .lineSeparator, .paragraphSeparator, .unassigned: false
    // the joiners that emoji are made with
    case .format: value == 0x200D || value == 0x200C
    default: true
    }
  }
}

import CharLSTM
import Insight

/// A character of a text as a page shows it. It always has something visible that can be coloured.
struct ShownCharacter: Sendable, Hashable {
  /// Plain text. If it has a line end, the line end is its last character.
  let text: String
  /// The name of the character, such as “é” (U+00E9) or byte 0xE9.
  let name: String

  /// Every character of a passage. If several bytes form one scalar, the first byte shows it, and the others show a
  /// dot.
  static func all(in passage: TextPassage) -> [ShownCharacter] {
    let vocabulary = passage.vocabulary
    let bytes = passage.range.map { vocabulary.utf8Bytes(of: passage.tokens[$0]) }
    if vocabulary.unit == .byte { return ofBytes(bytes.map { $0.first ?? 0xFF }) }
    return bytes.map { utf8 in
      guard !utf8.isEmpty else { return ShownCharacter(text: "\u{FFFD}", name: "the unknown symbol") }
      return ShownCharacter(
        text: visible(String(decoding: utf8, as: UTF8.self)),
        name: "\(UnknownCharacter(utf8: utf8, unit: vocabulary.unit))")
    }
  }

  private static func ofBytes(_ bytes: [UInt8]) -> [ShownCharacter] {
    bytes.sequences.flatMap { sequence -> [ShownCharacter] in
      let text = String(validating: bytes[sequence], as: UTF8.self)
      let whole = UnknownCharacter(utf8: Array(bytes[sequence]), unit: .scalar)
      return sequence.enumerated().map { index, place in
        let byte = UnknownCharacter(utf8: [bytes[place]], unit: .byte).description
        if sequence.count > 1 {
          return ShownCharacter(
            text: index == 0 ? visible(text ?? "\u{FFFD}") : "\u{B7}",
            name: "\(byte), \(index + 1) of \(sequence.count) of \(whole)")
        }
        return ShownCharacter(text: visible(text ?? "\u{FFFD}"), name: text == nil ? byte : "\(whole)")
      }
    }
  }

  /// Keeps line ends and tabs, because the page can show them. Other invisible characters become a visible symbol.
  private static func visible(_ text: String) -> String {
    let character = VisibleCharacter(utf8: Array(text.utf8))
    return switch character.kind {
    case .lineEnd: character.text.dropLast() + "\n"
    case .tab: text
    default: character.text
    }
  }
}

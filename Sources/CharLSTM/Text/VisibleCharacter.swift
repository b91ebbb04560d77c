/// A character as a screen can show it, so that nothing of a text is lost there and nothing in it moves the cursor.
public struct VisibleCharacter: Sendable, Equatable {
  /// Sorts of characters that are shown differently.
  public enum Kind: Sendable, Equatable {
    /// It is shown by itself.
    case plain
    /// U+0020 alone, shown by itself.
    case space
    /// U+0009, shown as →.
    case tab
    /// "\n" or "\r\n", shown as ↵ or ␍↵.
    case lineEnd
    /// A mark without a letter of its own: it would go on the character before it.
    case mark
    /// A control character, something that takes no room, or bytes that are no UTF-8.
    case hidden
  }

  /// Whatever is neither `plain` nor a `space` has a `text` other than itself.
  public let kind: Kind
  /// Itself, or what stands for it: ↵ for a line end, → for a tab, ◌ under a mark, ␛ for a control character, [U+200B] for what
  /// is invisible otherwise, [FF] for a byte that is no character.
  public let text: String
  /// What it is called where it stands alone: itself where that can be seen, else such as "space" or "U+200B ZERO WIDTH SPACE".
  public let name: String

  /// Looks at one character; bytes that are no UTF-8 are shown in hexadecimal.
  ///
  /// - Parameter utf8: one character, or bytes that are none.
  public init(utf8: [UInt8]) {
    guard let text = String(validating: utf8, as: UTF8.self), let first = text.unicodeScalars.first else {
      let digits = utf8.map(Self.digits)
      kind = .hidden
      self.text = digits.map { "[\($0)]" }.joined()
      name = utf8.isEmpty ? "nothing" : "byte " + digits.map { "0x\($0)" }.joined(separator: " ")
      return
    }
    switch text {
    case " ": (kind, self.text, name) = (.space, text, "space")
    case "\t": (kind, self.text, name) = (.tab, "→", "tab")
    case "\n": (kind, self.text, name) = (.lineEnd, "↵", "line feed")
    case "\r\n": (kind, self.text, name) = (.lineEnd, "␍↵", "carriage return and line feed")
    default:
      let scalars = text.unicodeScalars
      if scalars.allSatisfy(\.isInvisible) {
        kind = .hidden
        self.text = scalars.map { $0.controlPicture.map(String.init) ?? "[\($0.codePoint)]" }.joined()
        name = scalars.map(\.codePointAndName).joined(separator: ", ")
      } else if first.isMark {
        (kind, self.text) = (.mark, "◌" + text)
        name = scalars.map(\.codePointAndName).joined(separator: ", ")
      } else {
        (kind, self.text) = (.plain, text)
        name = first.properties.generalCategory == .spaceSeparator ? first.codePointAndName : text
      }
    }
  }

  /// Every character of some bytes, each a grapheme cluster; bytes that are no UTF-8 one by one.
  public static func all(in bytes: [UInt8]) -> [VisibleCharacter] {
    var result: [VisibleCharacter] = []
    var rest = bytes
    while !rest.isEmpty {
      let invalid = Segmentation.firstInvalid(in: rest, unit: .character)
      for character in String(decoding: rest[..<(invalid ?? rest.count)], as: UTF8.self) {
        result.append(VisibleCharacter(utf8: Array(String(character).utf8)))
      }
      guard let invalid else { break }
      result.append(VisibleCharacter(utf8: [rest[invalid]]))
      rest.removeFirst(invalid + 1)
    }
    return result
  }

  fileprivate static func digits(_ byte: UInt8) -> String {
    (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}

extension Unicode.Scalar {
  /// Control characters have no name.
  fileprivate var codePointAndName: String { codePoint + (properties.name.map { " \($0)" } ?? "") }

  /// ␀ to ␟ for the control characters from 0 to 31, ␡ for 127.
  package var controlPicture: Unicode.Scalar? {
    switch value {
    case ..<0x20: Unicode.Scalar(0x2400 + value)
    case 0x7F: "\u{2421}"
    default: nil
    }
  }

  /// It leaves no trace on a screen, or does something to it.
  fileprivate var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: properties.isDefaultIgnorableCodePoint
    }
  }

  fileprivate var isMark: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }
}

/// A character in a form that a screen can show. Every character of a text stays visible, and none moves the cursor.
public struct VisibleCharacter: Sendable, Equatable {
  /// The kinds of characters, each of which is displayed in its own way.
  public enum Kind: Sendable, Equatable {
    /// A character that is shown as it is.
    case plain
    /// U+0020 by itself, shown as it is.
    case space
    /// U+0009, shown as →.
    case tab
    /// "\n" or "\r\n", shown as ↵ or ␍↵.
    case lineEnd
    /// A mark without a base letter, which would otherwise be drawn on the character before it.
    case mark
    /// A control character, an invisible character, or bytes that are not valid UTF-8.
    case hidden
  }

  /// The kind of the character. Only `plain` and `space` characters have themselves as their `text`.
  public let kind: Kind
  /// The text to show: the character itself or a replacement. The replacements are ↵ for a line end, → for a tab, ◌
  /// under a mark, ␛ for a control character, [U+200B] for any other invisible character, and [FF] for an invalid byte.
  public let text: String
  /// The name for a list or a table: the character itself if it is visible, otherwise a name such as "space" or "U+200B
  /// ZERO WIDTH SPACE".
  public let name: String

  /// Describes one character. Bytes that are not valid UTF-8 are shown in hexadecimal.
  ///
  /// - Parameter utf8: The bytes of one character, or invalid bytes.
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

  /// The characters of `bytes`: each grapheme cluster and each invalid byte is one.
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
  /// The code point and the name. Control characters have no name.
  fileprivate var codePointAndName: String { codePoint + (properties.name.map { " \($0)" } ?? "") }

  /// The picture of a control character: ␀ to ␟ for 0 to 31, ␡ for 127; nil for other scalars.
  package var controlPicture: Unicode.Scalar? {
    switch value {
    case ..<0x20: Unicode.Scalar(0x2400 + value)
    case 0x7F: "\u{2421}"
    default: nil
    }
  }

  /// Whether the scalar is invisible on a screen or controls it.
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

/// What one character of a model is.
public enum TextUnit: String, Codable, Sendable, CaseIterable {
  /// An extended grapheme cluster: what a reader calls a character. "\r\n" is one, and so is a letter with its accents.
  case character
  /// A Unicode scalar: a letter and a combining accent are two.
  case scalar
  /// A byte, of any file.
  case byte
}

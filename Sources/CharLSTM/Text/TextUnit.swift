/// The unit of text that counts as one character of a model.
public enum TextUnit: String, Codable, Sendable, CaseIterable {
  /// An extended grapheme cluster, which is what a reader calls a character. "\r\n" is one cluster, and so is a letter
  /// with its accents.
  case character
  /// A Unicode scalar. A letter and a combining accent are two scalars.
  case scalar
  /// A byte. Any file can be read as bytes.
  case byte
}

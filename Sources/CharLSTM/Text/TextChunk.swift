/// A stretch of a text that begins and ends between two characters.
struct TextChunk: Sendable {
  let bytes: [UInt8]
  /// Where it begins in the text, in bytes.
  let start: Int
}

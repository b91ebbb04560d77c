/// A part of a text that begins and ends between two characters.
struct TextChunk: Sendable {
  var bytes: [UInt8] = []
  /// The offset of its first byte in the text.
  var start = 0
}

/// A stretch of a text that begins and ends between two characters.
struct TextChunk: Sendable {
  var bytes: [UInt8] = []
  /// Where it begins in the text, in bytes.
  var start = 0
}

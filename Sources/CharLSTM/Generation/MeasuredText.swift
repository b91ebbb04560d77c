/// A character as a reader sees it, with its surprisal.
public struct MeasuredText: Sendable, Equatable {
  /// UTF-8, or invalid bytes.
  public let bytes: [UInt8]
  /// The surprisal -ln p in nats. If the model reads bytes, and the character has several of them, this is the sum of
  /// their surprisals, which is -ln of their joint probability. Nil if one of them had no prediction.
  public let nats: Double?
  /// The number of the model's characters in it. It is above 1 only if the model reads bytes.
  public let parts: Int
}

/// Finds the surprisal of the text that a `TextOutput` returns. A `TextOutput` may hold characters back, so they come
/// out later than they went in.
struct SurprisalQueue: Sendable {
  /// The byte count and the surprisal of each character whose text has not come out yet.
  private var waiting: [(bytes: Int, nats: Double?)] = []

  /// Adds a character of `bytes` bytes that goes in.
  mutating func add(bytes: Int, nats: Double?) { waiting.append((bytes, nats)) }

  /// Takes text that comes out, right after the text of the previous call.
  ///
  /// - Returns: The characters of the text. The last one is cut short if a stop string begins inside it.
  /// - Precondition: No more text comes out than went in.
  mutating func take(_ text: [UInt8]) -> [MeasuredText] {
    var result: [MeasuredText] = []
    var (start, end, used) = (0, 0, 0)
    while start < text.count {
      var sum: Double? = 0
      let first = used
      repeat {
        precondition(used < waiting.count, "\(text.count) bytes come out, but only \(end) went in")
        let (bytes, nats) = waiting[used]
        end = min(text.count, end + bytes)
        sum = nats.flatMap { nats in sum.map { $0 + nats } }
        used += 1
        // a continuation byte belongs to the bytes before it
      } while end < text.count && (end == start || text[end] & 0xC0 == 0x80)
      result.append(MeasuredText(bytes: Array(text[start..<end]), nats: sum, parts: used - first))
      start = end
    }
    waiting.removeFirst(used)
    return result
  }
}

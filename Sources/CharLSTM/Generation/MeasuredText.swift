/// A character as a reader sees it, with how surprising a model found it.
public struct MeasuredText: Sendable, Equatable {
  /// UTF-8, or bytes that are none.
  public let bytes: [UInt8]
  /// -ln p; for one that a model of bytes reads as several, their sum, which is -ln p of all of them. Nil where one of them had
  /// no prediction.
  public let nats: Double?
  /// Characters of the model that it is made of, 1 but for bytes.
  public let parts: Int
}

/// Finds the surprisal of text that comes out of a `TextOutput` later than its characters went in.
struct SurprisalQueue: Sendable {
  /// Bytes and surprisal of characters whose text has not come out.
  private var waiting: [(bytes: Int, nats: Double?)] = []

  /// A character of so many bytes goes in.
  mutating func add(bytes: Int, nats: Double?) { waiting.append((bytes, nats)) }

  /// Text comes out, from where the last one ended.
  ///
  /// - Returns: its characters; the last one is shorter than it went in where a stop string begins within it.
  /// - Precondition: no more than went in.
  mutating func take(_ text: [UInt8]) -> [MeasuredText] {
    var result: [MeasuredText] = []
    var (start, end, used) = (0, 0, 0)
    while start < text.count {
      var sum: Double? = 0
      let first = used
      repeat {
        precondition(used < waiting.count, "\(text.count) bytes come out, of which only \(end) went in")
        let (bytes, nats) = waiting[used]
        end = min(text.count, end + bytes)
        sum = nats.flatMap { own in sum.map { $0 + own } }
        used += 1
        // a byte that continues a character belongs to those before it
      } while end < text.count && (end == start || text[end] & 0xC0 == 0x80)
      result.append(MeasuredText(bytes: Array(text[start..<end]), nats: sum, parts: used - first))
      start = end
    }
    waiting.removeFirst(used)
    return result
  }
}

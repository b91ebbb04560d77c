/// Turns drawn characters into text for a reader: whole UTF-8 characters that end before a stop string.
///
/// The output holds bytes back as long as they may be the beginning of a stop string or of a character of several
/// bytes.
public struct TextOutput: Sendable {
  private let stops: [[UInt8]]
  private var held: [UInt8] = []
  /// The stop string that ended the text; nil if none has.
  public private(set) var stoppedBy: String?

  /// Makes an output that holds no bytes.
  /// - Parameter stop: The text ends before any of these strings. An empty string ends it at once.
  public init(stop: [String]) { stops = stop.map { Array($0.utf8) } }

  /// Takes the bytes of the next character and returns the text that can be shown now.
  public mutating func take(_ bytes: [UInt8]) -> [UInt8] {
    guard stoppedBy == nil else { return [] }
    held += bytes
    if let (start, stop) = firstStop() {
      stoppedBy = String(decoding: stop, as: UTF8.self)
      defer { held = [] }
      return Array(held[..<start])
    }
    let count = held.count - max(undecidedStop(), incompleteCharacter())
    defer { held.removeFirst(count) }
    return Array(held[..<count])
  }

  /// Ends the text and returns the bytes that are still held.
  public mutating func finish() -> [UInt8] {
    defer { held = [] }
    return held
  }

  /// Whether no bytes are held.
  var isEmpty: Bool { held.isEmpty }

  /// Whether a text of `count` characters continues, when `length` are requested. It continues up to its length, and to
  /// the end of a UTF-8 sequence if the length is reached inside one.
  func continues(after count: Int, of length: Int) -> Bool {
    count < length || (count - length < 3 && incompleteCharacter() > 0)
  }

  private func firstStop() -> (Int, [UInt8])? {
    for start in held.indices {
      for stop in stops where held[start...].starts(with: stop) { return (start, stop) }
    }
    return nil
  }

  /// The length of the longest suffix of `held` that is the beginning of a stop string.
  private func undecidedStop() -> Int {
    var longest = 0
    for stop in stops {
      for length in stride(from: min(stop.count - 1, held.count), to: longest, by: -1)
      where held.suffix(length).elementsEqual(stop.prefix(length)) {
        longest = length
        break
      }
    }
    return longest
  }

  /// The length of an incomplete UTF-8 sequence at the end of `held`; 0 if there is none.
  private func incompleteCharacter() -> Int {
    for length in stride(from: 1, through: min(3, held.count), by: 1) {
      switch held[held.count - length] {
      case 0x80..<0xC0: continue
      case 0xC2..<0xE0: return length < 2 ? length : 0
      case 0xE0..<0xF0: return length < 3 ? length : 0
      case 0xF0..<0xF5: return length < 4 ? length : 0
      default: return 0
      }
    }
    return 0
  }
}

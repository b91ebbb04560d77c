import CharLSTM

/// The part of a text that an atlas shows. It keeps the whole text, because the network first reads what comes before.
public struct TextPassage: Sendable {
  /// The whole text.
  public let tokens: TokenSequence
  /// The vocabulary that the ids in `tokens` belong to.
  public let vocabulary: Vocabulary
  /// The characters of the passage.
  public let range: Range<Int>

  /// The length of a passage, in characters, if none is given.
  public static let defaultLength = 10_000

  /// A passage of a text that begins at one character and is at most `length` long.
  ///
  /// - Parameters:
  ///   - tokens: the whole text.
  ///   - vocabulary: the vocabulary of the tokens.
  ///   - start: the first character of the passage, from 0.
  ///   - length: the number of characters; the passage is shorter if the text ends earlier.
  /// - Throws: `AtlasError.beyondTheEnd` or `tooShort`.
  public init(
    tokens: TokenSequence, vocabulary: Vocabulary, from start: Int = 0, length: Int = defaultLength
  ) throws(AtlasError) {
    precondition(start >= 0 && length >= 0, "\(length) characters from \(start) on")
    guard start < tokens.count else { throw .beyondTheEnd(from: start, characters: tokens.count) }
    range = start..<start + min(length, tokens.count - start)
    guard range.count > 1 else { throw .tooShort(characters: range.count) }
    self.tokens = tokens
    self.vocabulary = vocabulary
  }

  /// The characters before the passage that the network reads first, from a zero state. The atlas does not show them.
  /// There are at most `Evaluation.warmUp` of them, and none at the beginning of a text.
  public var warmUp: Range<Int> { max(0, range.lowerBound - Evaluation.warmUp)..<range.lowerBound }

  /// The characters that the features of the passage depend on. The context begins after the last blank line before the
  /// passage, because all features start over there. It ends with the line of the last character that `lineEndNear`
  /// looks at.
  var context: Range<Int> {
    let isLineEnd = (0..<Int32(vocabulary.count)).map { vocabulary.utf8Bytes(of: $0).last == 0x0A }
    let isBlank = (0..<Int32(vocabulary.count)).map { id in
      [[0x20], [0x09], [0x0D]].contains(vocabulary.utf8Bytes(of: id))
    }
    var start = range.lowerBound
    var lineEnd: Int?
    while start > 0 {
      let id = Int(tokens[start - 1])
      if isLineEnd[id] {
        if let lineEnd {
          start = lineEnd + 1
          break
        }
        lineEnd = start - 1
      } else if !isBlank[id] {
        lineEnd = nil
      }
      start -= 1
    }
    var end = min(tokens.count, range.upperBound + TextFeature.lineEndDistance)
    while end < tokens.count && !isLineEnd[Int(tokens[end - 1])] { end += 1 }
    return start..<end
  }
}

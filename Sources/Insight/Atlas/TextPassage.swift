import CharLSTM

/// The part of a text that an atlas is made of, within the whole text: what stands before it is what the network has read.
public struct TextPassage: Sendable {
  /// The whole text.
  public let tokens: TokenSequence
  /// `tokens` are ids of it.
  public let vocabulary: Vocabulary
  /// The characters of the text that count.
  public let range: Range<Int>

  /// Characters of a passage whose length is not told.
  public static let defaultLength = 10_000

  /// A passage of a text from one character on, at most `length` long.
  ///
  /// - Parameters:
  ///   - tokens: the whole text.
  ///   - vocabulary: that of the tokens.
  ///   - start: the first character that counts, from 0.
  ///   - length: how many count; fewer where the text ends before.
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

  /// What the network reads first, from a zero state, without its being looked at: as much of what precedes the passage as an
  /// evaluation reads (`Evaluation.warmUp`). At the beginning of a text that is nothing.
  public var warmUp: Range<Int> { max(0, range.lowerBound - Evaluation.warmUp)..<range.lowerBound }

  /// What the features of the passage depend on: from the last blank line before it, where all of them begin anew, to the end
  /// of the line that the last character that one can see from its end lies in.
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

/// The bytes of each character of a text, one after the other, as they stand there: also of those for which a model has only
/// its unknown symbol.
public struct SourceCharacters: Sendable {
  private let vocabulary: Vocabulary
  /// The unknown characters of the text, joined, and where each ends.
  private var unknown: [UInt8] = []
  private var ends: [Int] = []
  private var used = 0

  /// The characters of a text from its first on.
  ///
  /// - Parameters:
  ///   - text: what is read for its unknown characters.
  ///   - tokens: the same text in the characters of the vocabulary.
  ///   - vocabulary: that of the tokens.
  /// - Throws: `CorpusError.changedWhileReading` where the text is not what the tokens were made of, `unreadable` or
  ///   `isFolder`.
  /// - Complexity: O(1); O(bytes), read once, where the vocabulary has an unknown symbol.
  public init(_ text: CorpusText, tokens: TokenSequence, vocabulary: Vocabulary) throws(CorpusError) {
    self.vocabulary = vocabulary
    guard let unknownID = vocabulary.unknownID else { return }
    let bytes = try text.bytes()
    guard Segmentation.firstInvalid(in: bytes, unit: vocabulary.unit) == nil else {
      throw .changedWhileReading(path: text.place(of: 0).path)
    }
    var (unknown, ends) = ([UInt8](), [Int]())
    var count = 0
    Segmentation.forEachPiece(in: bytes, unit: vocabulary.unit) { piece in
      let id = vocabulary.id(of: piece, in: bytes) ?? unknownID
      guard count < tokens.count && tokens[count] == id else {
        count = -1
        return false
      }
      if id == unknownID {
        unknown += bytes[piece.range]
        ends.append(unknown.count)
      }
      count += 1
      return true
    }
    guard count == tokens.count else { throw .changedWhileReading(path: text.place(of: 0).path) }
    (self.unknown, self.ends) = (unknown, ends)
  }

  /// The bytes of the next character, whose id this is.
  public mutating func next(_ id: Int32) -> [UInt8] {
    guard id == vocabulary.unknownID else { return vocabulary.utf8Bytes(of: id) }
    precondition(used < ends.count, "more unknown characters than the text's \(ends.count)")
    let start = used > 0 ? ends[used - 1] : 0
    used += 1
    return Array(unknown[start..<ends[used - 1]])
  }
}

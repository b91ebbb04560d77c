/// The original bytes of each character of a text, in order. This includes characters that the model replaces with its
/// unknown symbol.
public struct SourceCharacters: Sendable {
  private let vocabulary: Vocabulary
  /// The bytes of the unknown characters of the text, joined, and the end of each character.
  private var unknown: [UInt8] = []
  private var ends: [Int] = []
  private var used = 0

  /// Starts at the first character of a text.
  ///
  /// - Parameters:
  ///   - text: The text, which is read to find its unknown characters.
  ///   - tokens: The same text as token ids.
  ///   - vocabulary: The vocabulary of the tokens.
  /// - Throws: `CorpusError.unreadable`, `isFolder`, or `changedWhileReading` if the text does not match the tokens.
  /// - Complexity: O(1) without an unknown symbol; otherwise O(bytes), and the text is read once.
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

  /// The bytes of the next character.
  /// - Parameter id: The id of that character.
  public mutating func next(_ id: Int32) -> [UInt8] {
    guard id == vocabulary.unknownID else { return vocabulary.utf8Bytes(of: id) }
    precondition(used < ends.count, "unknown character \(used + 1) of a text that has \(ends.count)")
    let start = used > 0 ? ends[used - 1] : 0
    used += 1
    return Array(unknown[start..<ends[used - 1]])
  }
}

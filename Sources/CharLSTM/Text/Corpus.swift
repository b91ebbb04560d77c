/// A text as token ids, with the vocabulary they belong to.
///
/// Only the ids are in memory: one byte a character where there are no more than 256 different ones. The text is read in
/// chunks, which several threads count and tokenize at a time; the result is the same for any number of them.
public struct Corpus: Sendable {
  /// The characters of the text, each a grapheme cluster, a scalar or a byte as its unit says.
  public let vocabulary: Vocabulary
  /// All characters of the text, N of them, in its order.
  public let tokens: TokenSequence
  /// Tells this text from others (`CorpusText.digest`).
  public let digest: String

  /// A text with a vocabulary made from all of it, the validation part included.
  ///
  /// - Parameters:
  ///   - text: UTF-8, or anything for the unit `byte`.
  ///   - unit: what one character is to be.
  ///   - minimumCount: rarer characters share the unknown symbol.
  ///   - threads: how many read, count and tokenize.
  /// - Throws: `CorpusError.empty`, `nothingKept`, `invalidUTF8`, `unreadable`, `isFolder` or `changedWhileReading`.
  /// - Complexity: O(bytes), read twice.
  public init(
    _ text: CorpusText, unit: TextUnit, minimumCount: Int = 1, threads: Int = 1
  ) throws(CorpusError) {
    try self.init(text, unit: unit, minimumCount: minimumCount, threads: threads, chunkSize: CorpusText.chunkSize)
  }

  init(
    _ text: CorpusText, unit: TextUnit, minimumCount: Int = 1, threads: Int, chunkSize: Int,
    betweenPasses: () -> Void = {}
  ) throws(CorpusError) {
    guard text.byteCount > 0 else { throw .empty }
    let (counts, counted) = try text.characterCounts(unit: unit, threads: threads, chunkSize: chunkSize)
    betweenPasses()
    let most = counts.entries.map(\.count).max() ?? 0
    guard most >= minimumCount else { throw .nothingKept(minimumCount: minimumCount, most: most) }
    vocabulary = Vocabulary(unit: unit, counts, minimumCount: minimumCount)
    let found: [TextDigest]
    do {
      (tokens, found) = try text.tokens(vocabulary, capacity: counts.total, threads: threads, chunkSize: chunkSize)
    } catch {
      // every character was counted a moment ago
      switch error {
      case .invalidUTF8(let path, _), .unknownCharacter(_, let path, _): throw .changedWhileReading(path: path)
      default: throw error
      }
    }
    for (source, (first, second)) in zip(text.sources, zip(counted, found)) where first != second {
      throw .changedWhileReading(path: source.path)
    }
    digest = found.last?.text ?? ""
  }

  /// A text in the characters of a model, read and tokenized by several threads.
  ///
  /// - Throws: what comes first in the text: `CorpusError.empty`, `invalidUTF8`, `unknownCharacter`, `unreadable`, `isFolder`
  ///   or `changedWhileReading`.
  /// - Complexity: O(bytes), read once.
  public init(_ text: CorpusText, vocabulary: Vocabulary, threads: Int = 1) throws(CorpusError) {
    try self.init(text, vocabulary: vocabulary, threads: threads, chunkSize: CorpusText.chunkSize)
  }

  init(_ text: CorpusText, vocabulary: Vocabulary, threads: Int, chunkSize: Int) throws(CorpusError) {
    guard text.byteCount > 0 else { throw .empty }
    self.vocabulary = vocabulary
    // no text has more characters than bytes, and memory that is never written takes no room
    let (tokens, digests) = try text.tokens(
      vocabulary, capacity: text.byteCount, threads: threads, chunkSize: chunkSize)
    self.tokens = tokens
    digest = digests.last?.text ?? ""
  }

  /// The part to train on, and the last `validationFraction` of the corpus's characters, sharing its memory.
  /// - Precondition: the fraction is in 0...1.
  public func split(validationFraction: Double) -> (training: TokenSequence, validation: TokenSequence) {
    precondition((0...1).contains(validationFraction), "validation fraction \(validationFraction), not in 0...1")
    let boundary = Int(Double(tokens.count) * (1 - validationFraction))
    return (tokens[0..<boundary], tokens[boundary..<tokens.count])
  }
}

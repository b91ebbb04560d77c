/// A text as token ids, with their vocabulary.
///
///     let corpus = try Corpus(CorpusText(paths: ["poems.txt"]), unit: .character)
///     print(corpus.tokens.count, corpus.vocabulary.count)
///     let (training, validation) = corpus.split(validationFraction: 0.1)
///
/// Only the ids are kept in memory: one byte per character for a vocabulary of at most 256. The text is read in chunks.
/// Several threads can count and tokenize chunks at the same time, and the result is the same for any number of
/// threads.
public struct Corpus: Sendable {
  /// The distinct characters of the text. The vocabulary's unit says whether a character is a grapheme cluster, a
  /// scalar or a byte.
  public let vocabulary: Vocabulary
  /// The ids of all N characters of the text, in order.
  public let tokens: TokenSequence
  /// A fingerprint that identifies the text (`CorpusText.digest`).
  public let digest: String

  /// Reads a text and makes a vocabulary from all of it, including the validation part.
  ///
  /// - Parameters:
  ///   - text: UTF-8, or any bytes if the unit is `byte`.
  ///   - unit: What counts as one character.
  ///   - minimumCount: Characters that occur less often than this share the unknown symbol.
  ///   - threads: The number of threads that read, count and tokenize.
  /// - Throws: `CorpusError.empty`, `nothingKept`, `invalidUTF8`, `unreadable`, `isFolder` or `changedWhileReading`.
  /// - Complexity: O(bytes); the text is read twice.
  public init(
    _ text: CorpusText, unit: TextUnit, minimumCount: Int = 1, threads: Int = 1
  ) throws(CorpusError) {
    try self.init(text, unit: unit, minimumCount: minimumCount, threads: threads, chunkSize: CorpusText.chunkSize)
  }

  init(
    _ text: CorpusText, unit: TextUnit, minimumCount: Int = 1, threads: Int, chunkSize: Int,
    betweenPasses: () -> Void = {}
  ) throws(CorpusError) {
    guard text.byteCount > 0 else { throw .empty(paths: text.paths) }
    let (counts, counted) = try text.characterCounts(unit: unit, threads: threads, chunkSize: chunkSize)
    betweenPasses()
    let most = counts.entries.map(\.count).max() ?? 0
    guard most >= minimumCount else { throw .nothingKept(minimumCount: minimumCount, most: most) }
    vocabulary = Vocabulary(unit: unit, counts, minimumCount: minimumCount)
    let found: [TextDigest]
    do {
      (tokens, found) = try text.tokens(vocabulary, capacity: counts.total, threads: threads, chunkSize: chunkSize)
    } catch {
      // the first pass has just read and counted every character, so the file has changed
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

  /// Reads a text with an existing vocabulary, usually that of a model.
  ///
  /// - Throws: The first error in the text: `CorpusError.empty`, `invalidUTF8`, `unknownCharacter`, `unreadable`,
  ///   `isFolder` or `changedWhileReading`.
  /// - Complexity: O(bytes); the text is read once.
  public init(_ text: CorpusText, vocabulary: Vocabulary, threads: Int = 1) throws(CorpusError) {
    try self.init(text, vocabulary: vocabulary, threads: threads, chunkSize: CorpusText.chunkSize)
  }

  init(_ text: CorpusText, vocabulary: Vocabulary, threads: Int, chunkSize: Int) throws(CorpusError) {
    guard text.byteCount > 0 else { throw .empty(paths: text.paths) }
    self.vocabulary = vocabulary
    // a text has at most as many characters as bytes, and the system gives no memory to pages that are never written
    let (tokens, digests) = try text.tokens(
      vocabulary, capacity: text.byteCount, threads: threads, chunkSize: chunkSize)
    self.tokens = tokens
    digest = digests.last?.text ?? ""
  }

  /// Splits the tokens into a training part and a validation part. Both share the corpus's memory.
  /// - Parameter validationFraction: The fraction of the characters, at the end of the corpus, that is kept for
  ///   validation.
  /// - Precondition: The fraction is in 0...1.
  public func split(validationFraction: Double) -> (training: TokenSequence, validation: TokenSequence) {
    precondition((0...1).contains(validationFraction), "validation fraction \(validationFraction) is not in 0...1")
    let boundary = Int(Double(tokens.count) * (1 - validationFraction))
    return (tokens[0..<boundary], tokens[boundary..<tokens.count])
  }
}

/// A text as token ids, with the vocabulary they belong to.
public struct Corpus: Sendable {
  /// The characters of the text, each a grapheme cluster, a scalar or a byte as its unit says.
  public let vocabulary: Vocabulary
  /// All characters of the text, N of them, in its order.
  public let tokens: TokenSequence
  /// Tells this text from others (`CorpusText.digest`).
  public let digest: String

  /// A text with a vocabulary made from all of it, the validation part included.
  /// - Throws: `CorpusError.empty` or `invalidUTF8`.
  public init(_ text: CorpusText, unit: TextUnit, minimumCount: Int = 1) throws(CorpusError) {
    guard !text.bytes.isEmpty else { throw .empty }
    do {
      let vocabulary = try Vocabulary(unit: unit, countingIn: text.bytes, minimumCount: minimumCount)
      self.vocabulary = vocabulary
      tokens = try vocabulary.tokenize(text.bytes)
    } catch { throw CorpusError(error, in: text) }
    digest = text.digest
  }

  /// A text in the characters of a model.
  /// - Throws: `CorpusError.empty`, `invalidUTF8` or `unknownCharacter`.
  public init(_ text: CorpusText, vocabulary: Vocabulary) throws(CorpusError) {
    guard !text.bytes.isEmpty else { throw .empty }
    self.vocabulary = vocabulary
    do { tokens = try vocabulary.tokenize(text.bytes) } catch { throw CorpusError(error, in: text) }
    digest = text.digest
  }

  /// The part to train on, and the last `validationFraction` of the corpus's characters, sharing its memory.
  /// - Precondition: the fraction is in 0...1.
  public func split(validationFraction: Double) -> (training: TokenSequence, validation: TokenSequence) {
    precondition((0...1).contains(validationFraction), "validation fraction \(validationFraction), not in 0...1")
    let boundary = Int(Double(tokens.count) * (1 - validationFraction))
    return (tokens[0..<boundary], tokens[boundary..<tokens.count])
  }
}

/// Why a corpus cannot be used.
public enum CorpusError: Error, Sendable, Equatable {
  /// A file cannot be opened or read; `errno` says why.
  case unreadable(path: String, errno: Int32)
  /// A folder stands where a file was expected.
  case isFolder(path: String)
  /// The files together have no byte.
  case empty
  /// The first byte that is no UTF-8, counted from the beginning of its file.
  case invalidUTF8(path: String, byteOffset: Int)
  /// A character of the vocabulary's unit that the model does not know; the offset is that of its first byte in its file.
  case unknownCharacter(UnknownCharacter, path: String, byteOffset: Int)

  init(_ error: VocabularyError, in text: CorpusText) {
    switch error {
    case .invalidUTF8(let offset):
      let place = text.place(of: offset)
      self = .invalidUTF8(path: place.path, byteOffset: place.offset)
    case .unknownCharacter(let character, let offset):
      let place = text.place(of: offset)
      self = .unknownCharacter(character, path: place.path, byteOffset: place.offset)
    }
  }
}

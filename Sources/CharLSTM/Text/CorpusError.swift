/// Why a corpus cannot be used.
public enum CorpusError: Error, Sendable, Equatable {
  /// A file cannot be opened or read; `errno` says why.
  case unreadable(path: String, errno: Int32)
  /// A folder stands where a file was expected.
  case isFolder(path: String)
  /// A file is not what it was when it was looked at first: longer, shorter, or with other bytes.
  case changedWhileReading(path: String)
  /// The files together have no byte.
  case empty
  /// Every character is rarer than the count that was asked for; the most frequent one occurs `most` times.
  case nothingKept(minimumCount: Int, most: Int)
  /// The first byte that is no UTF-8, counted from the beginning of its file.
  case invalidUTF8(path: String, byteOffset: Int)
  /// A character of the vocabulary's unit that the model does not know; the offset is that of its first byte in its file.
  case unknownCharacter(UnknownCharacter, path: String, byteOffset: Int)
  /// So many characters that their places would not fit the numbers in use; this many were counted before reading ended.
  case tooLong(characters: Int, limit: Int)

  /// What is wrong with a chunk that begins at byte `start` of a text.
  init(_ error: VocabularyError, start: Int, in text: CorpusText) {
    switch error {
    case .invalidUTF8(let offset):
      let place = text.place(of: start + offset)
      self = .invalidUTF8(path: place.path, byteOffset: place.offset)
    case .unknownCharacter(let character, let offset):
      let place = text.place(of: start + offset)
      self = .unknownCharacter(character, path: place.path, byteOffset: place.offset)
    }
  }

  init(_ error: SystemError, path: String) {
    self = error == .isFolder ? .isFolder(path: path) : .unreadable(path: path, errno: error.number)
  }
}

/// The reason why a corpus cannot be used.
public enum CorpusError: Error, Sendable, Equatable {
  /// A file cannot be opened or read; `errno` gives the reason.
  case unreadable(path: String, errno: Int32)
  /// There is a folder where a file was expected.
  case isFolder(path: String)
  /// A file changed after it was first inspected: it is longer or shorter, or its bytes differ.
  case changedWhileReading(path: String)
  /// All files are empty, or the text in memory is empty. A text in memory has no path.
  case empty(paths: [String])
  /// Every character is rarer than the requested minimum count; the most frequent one occurs `most` times.
  case nothingKept(minimumCount: Int, most: Int)
  /// The text is not UTF-8; the offset of the first invalid byte counts from the beginning of its file.
  case invalidUTF8(path: String, byteOffset: Int)
  /// The model does not know this character of the text. The offset is that of the character's first byte in its file.
  case unknownCharacter(UnknownCharacter, path: String, byteOffset: Int)
  /// The text has more characters than a position can count. `characters` is the number counted before reading stopped.
  case tooLong(characters: Int, limit: Int)

  /// Converts an error in a chunk that starts at byte `start` of the text.
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

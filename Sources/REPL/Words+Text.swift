import CharLSTM

extension VocabularyError: InWords {
  public var words: String {
    switch self {
    case .invalidUTF8(let offset): "not valid UTF-8 at byte \(offset)"
    case .unknownCharacter(let character, _): "the model does not know \(character)."
    }
  }
}

extension CorpusError: InWords {
  public var words: String {
    switch self {
    case .unreadable(let path, let errno): "\(path): cannot be read: \(systemWords(forErrno: errno))"
    case .isFolder(let path): "\(path) is a folder; name the text files in it."
    case .changedWhileReading(let path):
      "\(path): it changed while it was read. Give a file that nothing writes to, such as a copy of it."
    case .empty: "the corpus is empty; there is nothing to learn from it."
    case .nothingKept(let minimumCount, let most):
      "no character occurs as often as --min-count \(minimumCount) asks for, the most frequent one \(counted(most, "time"))."
        + " Give a smaller number."
    case .invalidUTF8(let path, let offset):
      "\(path): not valid UTF-8 at byte \(offset). Convert the file to UTF-8, or train on it with --unit byte, which takes any"
        + " file."
    case .unknownCharacter(let character, let path, let offset):
      "\(path): the model does not know \(character), at byte \(offset). It can read only what its corpus was made of."
    case .tooLong(let characters, let limit):
      "more than \(limit) characters are too many to be compared (\(characters) were read so far). Give fewer or smaller files."
    }
  }
}

extension LaneBatchesError: InWords {
  public var words: String {
    switch self {
    case .tooShort(let characters, let needed):
      "the training part of the corpus has \(counted(characters, "character")); a minibatch needs \(needed). Give more text, or fewer"
        + " --time-steps, or a smaller --validation-fraction."
    }
  }
}

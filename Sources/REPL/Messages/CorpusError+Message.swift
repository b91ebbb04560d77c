import CharLSTM

extension VocabularyError: UserError {
  public var message: String { message(for: nil) }

  /// - Parameter source: the name of the text, such as its file; nil for a text that was typed.
  package func message(for source: String?) -> String {
    switch self {
    case .invalidUTF8(let offset):
      "\(source ?? "The text") is not valid UTF-8 at byte \(grouped(offset)). Convert it to UTF-8."
    case .unknownCharacter(let character, _):
      "\(source.map { "\($0): the" } ?? "The") model has never seen \(character)."
    }
  }
}

/// The message about characters that were left out of a text, because the model has never seen them.
/// - Parameter source: the name of the text, such as its file; nil for a text that was typed.
package func messageAboutLeftOut(_ characters: [UnknownCharacter], for source: String?) -> String {
  "\(source.map { "\($0): left" } ?? "Left") out \(characters.map { "\($0)" }.joined(separator: ", ")), which the model has"
    + " never seen."
}

extension CorpusError: UserError {
  public var message: String {
    switch self {
    case .unreadable(let path, let errno): "Cannot read \(path): \(systemWords(forErrno: errno))."
    case .isFolder(let path): "\(path) is a folder. Name the text files in it."
    case .changedWhileReading(let path):
      "\(path) changed while bard was reading it. Give a file that nothing writes to, such as a copy of it."
    case .empty(let paths):
      "\(paths.isEmpty ? "The text" : paths.joined(separator: ", ")) \(paths.count > 1 ? "are" : "is") empty. Give a file that"
        + " has text in it."
    case .nothingKept(let minimumCount, let most):
      "No character occurs \(counted(minimumCount, "time")), as --min-count asks; the most frequent one occurs"
        + " \(counted(most, "time")). Give a smaller --min-count."
    case .invalidUTF8(let path, let offset):
      "\(path) is not valid UTF-8 at byte \(grouped(offset)). Convert the file to UTF-8."
    case .unknownCharacter(let character, let path, let offset):
      "\(path): the model has never seen \(character), at byte \(grouped(offset)), because it is not in the text that the model was"
        + " trained on."
    case .tooLong(let characters, let limit):
      "The texts have too many characters to compare: bard has read \(grouped(characters)) so far, and the limit is"
        + " \(grouped(limit)). Give fewer or smaller files."
    }
  }
}

extension LaneBatchesError: UserError {
  public var message: String {
    switch self {
    case .tooShort(let characters, let needed):
      "This text is too short to learn from: its training part has \(counted(characters, "character")), and one minibatch"
        + " needs \(grouped(needed)). 100,000 or more work well."
    }
  }
}

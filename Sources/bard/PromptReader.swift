import CharLSTM
import REPL

/// The prompts of a generation, as ids.
struct PromptReader {
  struct Prompt {
    /// The prompt without the characters that were left out. It is UTF-8, or any bytes if the model reads bytes.
    let bytes: [UInt8]
    let ids: [Int32]
  }

  let unknown: UnknownChoice
  let vocabulary: Vocabulary

  /// - Parameters:
  ///   - text: the prompt itself.
  ///   - file: a file whose whole text is the prompt.
  ///   - lines: a file with a prompt on each line.
  /// - Returns: the prompts; a single empty prompt if nothing is given.
  func prompts(text: String?, file: String?, lines: String?) throws -> [Prompt] {
    if let text { return [try encode(Array(text.utf8), source: nil)] }
    if let file { return [try encode(try CorpusText(paths: [file]).bytes(), source: file)] }
    guard let lines else { return [Prompt(bytes: [], ids: [])] }
    let bytes = try CorpusText(paths: [lines]).bytes()
    var texts = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      Array(line.last == 0x0D ? line.dropLast() : line)
    }
    if texts.last == [] { texts.removeLast() }
    if texts.isEmpty { throw Failure("\(lines) is empty: it should have one prompt per line.") }
    return try texts.enumerated().map { try encode($1, source: "Line \(grouped($0 + 1)) of \(lines)") }
  }

  /// - Parameter source: the name of the file that has the prompt, for messages; nil for a prompt that was typed.
  private func encode(_ bytes: [UInt8], source: String?) throws -> Prompt {
    do {
      let (ids, skipped) = try vocabulary.encode(bytes: bytes, unknown: unknown == .skip ? .skip : .error)
      if !skipped.isEmpty { Terminal.tell(messageAboutLeftOut(skipped, for: source)) }
      return Prompt(bytes: vocabulary.decode(ids), ids: ids)
    } catch {
      let message = error.message(for: source)
      guard case .unknownCharacter = error else { throw Failure(message) }
      throw Failure("\(message) Leave it out, or use --unknown skip.")
    }
  }
}

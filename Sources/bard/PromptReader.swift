import CharLSTM
import REPL

/// The prompts of a generation, as ids.
struct PromptReader {
  struct Prompt {
    /// What was read, without characters that were left out.
    let text: String
    let ids: [Int32]
  }

  let unknown: UnknownChoice
  let vocabulary: Vocabulary

  /// - Parameters:
  ///   - text: the prompt itself.
  ///   - file: a file whose whole text is the prompt.
  ///   - lines: a file with a prompt on each line.
  /// - Returns: one empty prompt where nothing is given.
  func prompts(text: String?, file: String?, lines: String?) throws -> [Prompt] {
    if let text { return [try encode(text, source: "the prompt")] }
    if let file { return [try encode(try read(file), source: file)] }
    guard let lines else { return [Prompt(text: "", ids: [])] }
    // split at the scalar: "\r\n" is one Character
    var texts = try read(lines).unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(String.UnicodeScalarView(line.last == "\r" ? line.dropLast() : line))
    }
    if texts.last == "" { texts.removeLast() }
    if texts.isEmpty { throw Failure("\(lines) is empty; it should hold a prompt on each line.") }
    return try texts.enumerated().map { try encode($1, source: "\(lines), line \($0 + 1)") }
  }

  private func read(_ path: String) throws -> String {
    let bytes = try CorpusText(paths: [path]).bytes()
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Failure("\(path) is not valid UTF-8.") }
    return text
  }

  private func encode(_ text: String, source: String) throws -> Prompt {
    do {
      let (ids, skipped) = try vocabulary.encode(text, unknown: unknown == .skip ? .skip : .error)
      if !skipped.isEmpty {
        Terminal.tell(
          "\(source): left out \(skipped.map { "\($0)" }.joined(separator: ", ")), which the model does not know")
      }
      return Prompt(text: String(decoding: vocabulary.decode(ids), as: UTF8.self), ids: ids)
    } catch {
      throw Failure("\(source): \(error.words) Leave it out, or give --unknown skip.")
    }
  }
}

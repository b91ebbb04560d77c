import CharLSTM
import REPL

/// Writes generated texts in their format, and shows a progress line.
struct GenerationWriter {
  let model: CharacterModel
  let sampling: SamplingParameters
  let seed: UInt64
  let length: Int
  let format: GenerationFormat
  let threads: Int
  let quiet: Bool

  /// The line between two texts.
  static let separator = "====================\n"

  /// A line of JSON.
  private struct Line: Codable {
    let index: Int
    let seed: UInt64
    let prompt: String
    let text: String
    let ending: String
  }

  /// - Parameter rounds: the number of texts for each prompt.
  /// - Returns: false if it was interrupted.
  func write(prompts: [PromptReader.Prompt], rounds: Int, to destination: OutputFile) throws -> Bool {
    let count = prompts.count * rounds
    if count == 1 && format == .text && destination.isStandardOutput {
      return try stream(prompts[0], to: destination)
    }
    let total = max(1, Double(length) * Double(count))
    let clock = ContinuousClock()
    let start = clock.now
    // no progress line if the text goes to the same terminal
    var line = ProgressLine(
      quiet: quiet || (destination.isStandardOutput && Terminal.isTerminal(Terminal.standardOutput)))
    defer { line.clear() }
    var readerIsThere = true
    let batch = BatchGenerator(model: model, sampling: sampling, seed: seed, length: length)
    let isComplete = try batch.write(
      prompts: prompts.map(\.ids), rounds: rounds, threads: threads,
      progress: { drawn in
        line.show(share: Double(drawn) / total) {
          let seconds = (clock.now - start) / .seconds(1)
          let pace = Double(drawn) / max(1e-9, seconds)
          return "\(grouped(drawn)) of \(grouped(total)) characters  \(grouped(Int(pace))) chars/s"
            + "  \(duration((total - Double(drawn)) / max(1e-9, pace))) left"
        }
        return readerIsThere && !Interruption.isRequested
      },
      emit: { text in
        line.clear()
        if readerIsThere {
          readerIsThere = try destination.write(
            encode(text, prompt: prompts[text.index % prompts.count].bytes, isLast: text.index == count - 1))
        }
      })
    return isComplete || !readerIsThere
  }

  /// Writes one text to standard output, each character as it is generated.
  private func stream(_ prompt: PromptReader.Prompt, to destination: OutputFile) throws -> Bool {
    var generator = TextGenerator(model: model, sampling: sampling, seed: seed, threads: threads)
    guard try destination.write(prompt.bytes) else { return true }
    generator.read(prompt.ids)
    var failure: (any Error)?
    var endsLine = prompt.bytes.last == 0x0A
    let ending = generator.write(length: length) { bytes in
      do {
        endsLine = bytes.last == 0x0A
        return try destination.write(bytes) && !Interruption.isRequested
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
    if !endsLine { _ = try destination.write([0x0A]) }
    return ending != .cancelled || !Interruption.isRequested
  }

  private func encode(_ text: BatchGenerator.Text, prompt: [UInt8], isLast: Bool) throws -> [UInt8] {
    switch format {
    case .text:
      var bytes = prompt + text.bytes
      if bytes.last != 0x0A { bytes.append(0x0A) }
      return isLast ? bytes : bytes + Array(Self.separator.utf8)
    case .jsonl:
      let line = Line(
        index: text.index, seed: seed, prompt: String(decoding: prompt, as: UTF8.self),
        text: String(decoding: text.bytes, as: UTF8.self),
        ending: text.ending.word)
      return Array((JSON.text(line) + "\n").utf8)
    }
  }
}

extension TextGenerator.Ending {
  fileprivate var word: String {
    switch self {
    case .length: "length"
    case .stop: "stop"
    case .cancelled: "cancelled"
    }
  }
}

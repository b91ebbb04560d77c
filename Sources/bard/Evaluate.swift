import ArgumentParser
import CharLSTM

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how well a model predicts a text.",
    discussion: """
      Stateful by default: every character but the first is predicted from all that precede it. With --windows N each \
      window of N predictions starts from a zero state.

      Example:

        bard evaluate poems.safetensors unseen.txt
        bard evaluate poems.safetensors unseen.txt --windows 256 --json
      """)

  @Argument(help: "[CHECKPOINT] FILE: a model file, the Shakespeare model where it is left out, and the text.")
  var files: [String]

  @Option(help: "Score windows of this many predictions, each from a zero state.")
  var windows: Int?

  @Option(help: "Read the text as this many lanes; 1: from front to back as it stands. (default: by its length)")
  var lanes: Int?

  @Option(help: "What the model computes in: float32, bfloat16 or int8.")
  var precision = SamplingPrecision.float32

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup var threads: ThreadOptions

  func validate() throws {
    guard (1...2).contains(files.count) else { throw ValidationError("give [CHECKPOINT] FILE.") }
    if let windows, windows < 1 { throw ValidationError("--windows must be 1 or more, not \(windows).") }
    if let lanes, lanes < 1 { throw ValidationError("--lanes must be 1 or more, not \(lanes).") }
    if lanes != nil && windows != nil { throw ValidationError("--lanes is for the stateful pass, not for --windows.") }
  }

  /// The names that programs rely on.
  private struct Report: Codable {
    let characters: Int
    let natsPerCharacter: Double
    let bitsPerCharacter: Double
    let perplexity: Double
  }

  func run() throws {
    try inWords {
      let path = files[files.count - 1]
      let model = try loadModel(files.count == 2 ? files[0] : nil).checkpoint.model(
        precision: precision, kernels: chosenKernels())
      let corpus = try Corpus(CorpusText(paths: [path]), vocabulary: model.vocabulary, threads: threads.count)
      let evaluation =
        windows.map { Evaluation.windows(model, tokens: corpus.tokens, window: $0, threads: threads.count) }
        ?? Evaluation.stateful(model, tokens: corpus.tokens, lanes: lanes, threads: threads.count)
      guard let evaluation else {
        throw Failure(
          "\(path): \(counted(corpus.tokens.count, "character")), too short: \(windows.map { "a window of \($0) needs \($0 + 1)" } ?? "it takes 2 to predict one")."
        )
      }
      if json {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let report = Report(
          characters: evaluation.characters, natsPerCharacter: evaluation.natsPerCharacter,
          bitsPerCharacter: evaluation.bitsPerCharacter, perplexity: evaluation.perplexity)
        print(String(decoding: try encoder.encode(report), as: UTF8.self))
      } else {
        print(
          """
          \(path): \(counted(evaluation.characters, "prediction")), \(windows.map { "windows of \($0) from a zero state" } ?? "stateful")
          \(fixed(evaluation.natsPerCharacter, 4)) nats per character
          \(fixed(evaluation.bitsPerCharacter, 4)) bits per character
          \(fixed(evaluation.perplexity, 3)) perplexity
          """)
      }
    }
  }
}

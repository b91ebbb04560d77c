import ArgumentParser
import CharLSTM
import REPL

extension TextUnit: ExpressibleByArgument {}

/// How a corpus is read.
struct CorpusOptions: ParsableArguments {
  /// The help of `--unit`, for every command that has it.
  static let unitHelp = """
    What counts as one character: character (what a reader sees as one; an extended grapheme cluster), scalar (a Unicode \
    scalar) or byte (reads any file).
    """

  /// What a user can do about an error with `--unit`, for every command that has it.
  static func advice(for error: any UserError) -> String? {
    guard let error = error as? CorpusError, case .invalidUTF8 = error else { return nil }
    return "Or use --unit byte, which reads any file."
  }

  @Option(help: ArgumentHelp(stringLiteral: unitHelp + " (default: \(TextUnit.character.rawValue))"))
  var unit: TextUnit?

  @Option(
    help: "Replace characters rarer than this with a single unknown symbol, which is never generated. (default: 1)")
  var minCount: Int?

  func validate() throws {
    if let minCount, minCount < 1 { throw ValidationError("--min-count must be 1 or more, not \(minCount).") }
  }
}

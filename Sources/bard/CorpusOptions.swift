import ArgumentParser
import CharLSTM

extension TextUnit: ExpressibleByArgument {}
extension LearningRateSchedule: ExpressibleByArgument {}
extension OptimizerConfiguration.Rule: ExpressibleByArgument {}

/// What a corpus is read as.
struct CorpusOptions: ParsableArguments {
  @Option(
    help: """
      What one character is: character (an extended grapheme cluster, what a reader calls a character), scalar (a Unicode \
      scalar) or byte (takes any file). (default: \(TextUnit.character.rawValue))
      """)
  var unit: TextUnit?

  @Option(
    help: "Characters that occur less often than this become one unknown symbol, which is never written. (default: 1)")
  var minCount: Int?

  func validate() throws {
    if let minCount, minCount < 1 { throw ValidationError("--min-count must be 1 or more, not \(minCount).") }
  }
}

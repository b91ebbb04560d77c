import ArgumentParser
import CharLSTM

/// Whether and how a model continues to learn while it is scored.
struct DynamicOptions: ParsableArguments {
  @Flag(
    help: """
      Also score the network while it keeps learning from the text (dynamic evaluation). This takes as long as training on \
      the text with one lane.
      """)
  var dynamic = false

  @OptionGroup private var numbers: Numbers

  /// The numeric settings of dynamic evaluation.
  struct Numbers: ParsableArguments, SettingOptions {
    @Option(.dynamic("learningRate")) var learningRate: Double?
    @Option(.dynamic("decay")) var decay: Double?
    @Option(.dynamic("epsilon")) var epsilon: Double?
    @Option(.dynamic("timeSteps")) var timeSteps: Int?
  }

  func validate() throws {
    if !numbers.given.isEmpty && !dynamic {
      throw ValidationError("--dynamic-rate and the other --dynamic-* options need --dynamic.")
    }
    for setting in DynamicEvaluationConfiguration.settings {
      do throws(SettingError) { try setting.check(configuration) } catch {
        throw ValidationError(error.message(naming: "--dynamic-\(setting.option)"))
      }
    }
  }

  var configuration: DynamicEvaluationConfiguration {
    numbers.put(over: DynamicEvaluationConfiguration(), DynamicEvaluationConfiguration.settings)
  }
}

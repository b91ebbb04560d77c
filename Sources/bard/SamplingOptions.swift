import ArgumentParser
import CharLSTM
import REPL

/// How characters are sampled. All defaults are the library's.
struct SamplingOptions: ParsableArguments, SettingOptions {
  @Option(.sampling("temperature")) var temperature: Double?
  @Option(.sampling("topK")) var topK: Int?
  @Option(.sampling("topP")) var topP: Double?
  @Option(.sampling("minP")) var minP: Double?

  @Option(
    help: ArgumentHelp(
      """
      End a text just before STRING appears. Repeat the option for more strings. Write \\n for a new line and \\t for a tab.
      """, valueName: "string"))
  var stop: [String] = []

  @Option(help: "Random seed. Without one, every run is different.")
  var seed: UInt64?

  var parameters: SamplingParameters {
    var parameters = put(over: SamplingParameters(), SamplingParameters.settings)
    parameters.stop = stop.map(\.unescaped)
    return parameters
  }

  func validate() throws {
    do throws(SamplingParametersError) { try parameters.validate() } catch {
      switch error {
      case .outOfRange(let error): throw error.validationError
      case .emptyStop: throw ValidationError("--stop must not be empty.")
      }
    }
  }

  /// The seed that was given, or a random one.
  func chosenSeed() -> UInt64 { seed ?? UInt64.random(in: 0...0xFFFF_FFFF) }
}

/// The precision that a model computes in.
struct SamplingPrecisionOptions: ParsableArguments {
  @Option(
    name: .customLong("precision"),
    help: """
      Number format for the computation: float32, bfloat16 or int8. Each format writes the same text on every processor, but \
      the three formats write different texts.
      """)
  var choice = SamplingPrecision.default
}

extension SamplingPrecision: ExpressibleByArgument {}

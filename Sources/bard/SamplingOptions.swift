import ArgumentParser
import CharLSTM
import REPL

/// How text is drawn; every default is the library's.
struct SamplingOptions: ParsableArguments {
  private static let defaults = SamplingParameters()

  @Option(help: "0 always takes the likeliest character; the higher, the wilder.")
  var temperature = defaults.temperature

  @Option(help: "Draw from the k likeliest characters only; 0: all.")
  var topK = defaults.topK

  @Option(help: "Draw from the likeliest characters that together reach this probability; 1: all.")
  var topP = defaults.topP

  @Option(help: "Draw from characters at least this fraction as likely as the likeliest; 0: all.")
  var minP = defaults.minP

  @Option(help: "End a text before this string; may be given several times. \\n and \\t stand for line end and tab.")
  var stop: [String] = []

  @Option(help: "Seed of the random numbers; without it every run differs.")
  var seed: UInt64?

  var parameters: SamplingParameters {
    SamplingParameters(
      temperature: temperature, topK: topK, topP: topP, minP: minP, stop: stop.map(\.unescaped))
  }

  func validate() throws {
    do { try parameters.validate() } catch { throw ValidationError(error.optionWords) }
  }

  /// The seed given, or a fresh one.
  func chosenSeed() -> UInt64 { seed ?? UInt64.random(in: 0...0xFFFF_FFFF) }
}

extension SamplingParametersError {
  /// With the option's name where the library has the property's.
  fileprivate var optionWords: String {
    switch self {
    case .outOfRange(let name, let value, let allowed):
      "\(optionName(name)) must be \(allowed), not \(significant(value))."
    case .emptyStop: "--stop must not be empty."
    }
  }
}

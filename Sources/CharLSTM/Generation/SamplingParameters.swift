/// How the next character is drawn from the network's distribution.
///
/// The temperature is applied first; top-k, top-p and min-p then each leave only some characters in, in this order, and
/// what is left is scaled to a sum of 1.
public struct SamplingParameters: Sendable, Codable, Equatable {
  /// Logits are divided by it: below 1 the likely gets likelier, above 1 the text gets wilder. 0 always takes the
  /// likeliest character.
  public var temperature = 0.8
  /// Only the k likeliest characters; 0: all.
  public var topK = 0
  /// Only the likeliest characters that together reach this probability (Holtzman et al. 2020); 1: all.
  public var topP = 1.0
  /// Only characters at least this fraction as likely as the likeliest; 0: all.
  public var minP = 0.0
  /// A text ends before the first of these.
  public var stop: [String] = []

  /// Takes the values as they are; `validate()` says whether sampling can use them.
  public init(temperature: Double = 0.8, topK: Int = 0, topP: Double = 1, minP: Double = 0, stop: [String] = []) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.minP = minP
    self.stop = stop
  }

  /// Checks every value against its range.
  /// - Throws: `SamplingParametersError` naming the first value that is out of its range.
  public func validate() throws(SamplingParametersError) {
    for setting in Self.settings {
      do throws(SettingError) { try setting.check(self) } catch { throw .outOfRange(error) }
    }
    guard stop.allSatisfy({ !$0.isEmpty }) else { throw .emptyStop }
  }

  /// All numbers that say how a character is drawn.
  public static let settings: [Setting<Self>] = [
    Setting(
      "temperature", \.temperature, .from(0, to: 100),
      help: """
        How adventurous the writing is: 0 always picks the likeliest character; 0.5 is cautious, 1 follows the model, \
        above 1 gets wild.
        """),
    Setting("topK", \.topK, .whole(0...Int.max), help: "Choose only among the k likeliest characters; 0 for all."),
    Setting(
      "topP", \.topP, .above(0, to: 1),
      help: "Choose only among the likeliest characters that together have this probability; 1 for all."),
    Setting(
      "minP", \.minP, .from(0, to: 1),
      help: "Ignore characters less likely than this fraction of the likeliest one's probability; 0 to keep all."),
  ]
}

/// A setting that sampling cannot use.
public enum SamplingParametersError: Error, Sendable, Equatable {
  /// A number is none that is allowed.
  case outOfRange(SettingError)
  /// A stop string without a character would end every text at once.
  case emptyStop
}

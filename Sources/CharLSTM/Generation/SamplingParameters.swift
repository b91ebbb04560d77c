/// How the next character is drawn from the network's distribution.
///
///     let sampling = SamplingParameters(temperature: 0.7, topP: 0.95, stop: ["\n\n"])
///     try sampling.validate()
///
/// The temperature is applied first. Then top-k, top-p and min-p, in this order, each remove some characters. The
/// remaining probabilities are scaled to a sum of 1.
public struct SamplingParameters: Sendable, Codable, Equatable {
  /// The temperature, which divides the logits. Below 1, likely characters become likelier; above 1, the text becomes
  /// wilder. 0 always chooses the likeliest character.
  public var temperature = 0.8
  /// Top-k: only the k likeliest characters can be drawn; 0 for all.
  public var topK = 0
  /// Top-p: only the likeliest characters that together reach this probability can be drawn (Holtzman et al. 2020); 1
  /// for all.
  public var topP = 1.0
  /// Min-p: only characters whose probability is at least this fraction of the likeliest one's can be drawn; 0 for all.
  public var minP = 0.0
  /// Stop strings. A text ends just before the first one that appears.
  public var stop: [String] = []

  /// Makes the parameters without checking them; `validate()` checks them.
  public init(temperature: Double = 0.8, topK: Int = 0, topP: Double = 1, minP: Double = 0, stop: [String] = []) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.minP = minP
    self.stop = stop
  }

  /// Checks every value against its range.
  /// - Throws: `SamplingParametersError` for the first value that is out of its range.
  public func validate() throws(SamplingParametersError) {
    for setting in Self.settings {
      do throws(SettingError) { try setting.check(self) } catch { throw .outOfRange(error) }
    }
    guard stop.allSatisfy({ !$0.isEmpty }) else { throw .emptyStop }
  }

  /// The numeric settings.
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

/// The reason why sampling parameters are invalid.
public enum SamplingParametersError: Error, Sendable, Equatable {
  /// A number is out of its range.
  case outOfRange(SettingError)
  /// A stop string is empty. It would end every text at once.
  case emptyStop
}

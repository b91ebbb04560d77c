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

  /// Temperatures that `validate()` accepts.
  public static let temperatures = 0.0...100.0

  /// Checks every value against its range.
  /// - Throws: `SamplingParametersError` naming the first value that is out of its range.
  public func validate() throws(SamplingParametersError) {
    try check("temperature", temperature, Self.temperatures.contains(temperature), "from 0 (greedy) to 100")
    try check("topK", Double(topK), topK >= 0, "0 (all) or more")
    try check("topP", topP, topP > 0 && topP <= 1, "above 0, to 1 (all)")
    try check("minP", minP, minP >= 0 && minP <= 1, "from 0 (all) to 1")
    guard stop.allSatisfy({ !$0.isEmpty }) else { throw .emptyStop }
  }

  private func check(
    _ name: String, _ value: Double, _ holds: Bool, _ allowed: String
  ) throws(SamplingParametersError) {
    guard holds else { throw .outOfRange(name: name, value: value, allowed: allowed) }
  }
}

/// A setting that sampling cannot use.
public enum SamplingParametersError: Error, Sendable, Equatable {
  /// The property `name` is `value`; `allowed` says in words what it may be.
  case outOfRange(name: String, value: Double, allowed: String)
  /// A stop string without a character would end every text at once.
  case emptyStop
}

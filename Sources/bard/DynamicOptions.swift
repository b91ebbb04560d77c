import ArgumentParser
import CharLSTM

/// Whether and how a model goes on learning while it is scored.
struct DynamicOptions: ParsableArguments {
  private static let defaults = DynamicEvaluationConfiguration()

  @Flag(help: "Score the network dynamically too. It takes as long as training on the text in a single lane.")
  var dynamic = false

  @Option(
    help: "Size of a dynamic step, in a weight's usual gradients. (default: \(significant(defaults.learningRate)))")
  var dynamicRate: Double?

  @Option(
    help: "Share of the way back to the trained weights at each dynamic step. (default: \(significant(defaults.decay)))"
  )
  var dynamicDecay: Double?

  @Option(
    help:
      "What is added to the size of a weight's gradients, so that those seldom used take no leaps. (default: \(significant(defaults.epsilon)))"
  )
  var dynamicEpsilon: Double?

  @Option(help: "Characters between two dynamic steps. (default: \(defaults.timeSteps))")
  var dynamicTimeSteps: Int?

  func validate() throws {
    let given = [dynamicRate, dynamicDecay, dynamicEpsilon, dynamicTimeSteps.map(Double.init)].contains { $0 != nil }
    if given && !dynamic { throw ValidationError("--dynamic-... say how to score dynamically: give --dynamic too.") }
    if let dynamicRate, !(dynamicRate >= 0 && dynamicRate.isFinite) {
      throw ValidationError("--dynamic-rate must be 0 or more, not \(significant(dynamicRate)).")
    }
    if let dynamicDecay, !(0...1).contains(dynamicDecay) {
      throw ValidationError("--dynamic-decay must be from 0 to 1, not \(significant(dynamicDecay)).")
    }
    if let dynamicEpsilon, !(dynamicEpsilon > 0 && dynamicEpsilon.isFinite) {
      throw ValidationError("--dynamic-epsilon must be above 0, not \(significant(dynamicEpsilon)).")
    }
    if let dynamicTimeSteps, !(1...65536).contains(dynamicTimeSteps) {
      throw ValidationError("--dynamic-time-steps must be from 1 to 65536, not \(dynamicTimeSteps).")
    }
  }

  var configuration: DynamicEvaluationConfiguration {
    var configuration = Self.defaults
    if let dynamicRate { configuration.learningRate = dynamicRate }
    if let dynamicDecay { configuration.decay = dynamicDecay }
    if let dynamicEpsilon { configuration.epsilon = dynamicEpsilon }
    if let dynamicTimeSteps { configuration.timeSteps = dynamicTimeSteps }
    return configuration
  }
}

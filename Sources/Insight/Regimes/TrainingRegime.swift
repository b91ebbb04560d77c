import CharLSTM

/// The ways to train a recurrent network on a long text that people ask about: what is predicted, and what becomes of the state.
public enum TrainingRegime: String, Sendable, Codable, CaseIterable {
  /// Windows from anywhere, only the character after each is predicted.
  case manyToOne = "many-to-one windows"
  /// Windows from anywhere, the character after every character is predicted.
  case shuffled = "many-to-many, shuffled"
  /// Windows in order, each from a zero state.
  case reset = "many-to-many, reset"
  /// Windows in order, each from the state that its lane ended with.
  case stateful = "many-to-many, stateful"

  /// Which predictions of a window are learnt from: one for many-to-one, T for the others.
  public var objective: TrainingObjective { self == .manyToOne ? .last : .every }

  /// What becomes of the state between windows, and whether these come in order.
  public var stateHandling: StateHandling {
    switch self {
    case .manyToOne, .shuffled: .shuffle
    case .reset: .reset
    case .stateful: .carry
    }
  }

  /// The settings with this regime's objective and state.
  public func configuration(over base: TrainingConfiguration) -> TrainingConfiguration {
    var configuration = base
    configuration.objective = objective
    configuration.stateHandling = stateHandling
    // lanes that always begin from zero need no reset now and then
    if self != .stateful { configuration.resetProbability = 0 }
    return configuration
  }
}

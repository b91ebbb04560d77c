import CharLSTM

/// The common ways to train a recurrent network on a long text. They differ in what the network predicts and in how
/// they handle the state.
public enum TrainingRegime: String, Sendable, Codable, CaseIterable {
  /// Windows from random places; only the character after each window is predicted.
  case manyToOne = "many-to-one windows"
  /// Windows from random places; the character after every character is predicted.
  case shuffled = "many-to-many, shuffled"
  /// Windows in order, each from a zero state.
  case reset = "many-to-many, reset"
  /// Windows in order, each from the state at the end of its lane's previous window.
  case stateful = "many-to-many, stateful"

  /// The predictions of a window that training uses: one for many-to-one, T for the others.
  public var objective: TrainingObjective { self == .manyToOne ? .last : .every }

  /// How the state is handled between windows, and whether these come in order.
  public var stateHandling: StateHandling {
    switch self {
    case .manyToOne, .shuffled: .shuffle
    case .reset: .reset
    case .stateful: .carry
    }
  }

  /// The settings of `base` with this regime's objective and state handling.
  public func configuration(over base: TrainingConfiguration) -> TrainingConfiguration {
    var configuration = base
    configuration.objective = objective
    configuration.stateHandling = stateHandling
    // the state is zero at the beginning of every window here, so random resets would change nothing
    if self != .stateful { configuration.resetProbability = 0 }
    return configuration
  }
}

extension TrainingConfiguration {
  /// All settings except the budget, in the order of tables and help texts.
  public static let settings: [Setting<Self>] = [
    Setting(
      "lanes", \.lanes, .whole(1...1 << 16),
      help: "Contiguous pieces of the text read side by side; the batch size, B."),
    Setting(
      "timeSteps", \.timeSteps, .whole(1...1 << 16), help: "Characters that each lane reads in one minibatch, T."),
    Setting(
      "objective", \.objective, .cases(of: TrainingObjective.self),
      help: """
        Which predictions to learn from: every one (many-to-many), or only the last one of each window (many-to-one).
        """),
    Setting(
      "stateHandling", \.stateHandling, .cases(of: StateHandling.self),
      help: """
        carry: each lane continues from the state it ended with (stateful); reset: every minibatch starts from zero; \
        shuffle: windows in random order, each from zero.
        """
    ).called("state"),
    Setting("dropout", \.dropout, .from(0, below: 1), help: "Probability of dropping each value after a layer.")
      .grouped(.regularization).automatic(),
    Setting(
      "isDropoutLocked", \.isDropoutLocked, .flag, help: "Drop the same values at every time step of a minibatch."
    ).called("locked-dropout").grouped(.regularization).automatic(),
    Setting(
      "weightDropout", \.weightDropout, .from(0, below: 1),
      help: "Probability of dropping a recurrent weight for one minibatch (DropConnect), in steps of 1/256."
    ).grouped(.regularization).automatic(),
    Setting(
      "inputNoise", \.inputNoise, .from(0, below: 1),
      help: "Probability of replacing an input character with a random one from the training text."
    ).grouped(.regularization),
    Setting(
      "resetProbability", \.resetProbability, .from(0, below: 1),
      help: "Probability that a lane starts a minibatch from a zero state, so that the network learns to begin a text."
    ).grouped(.regularization).valueIfMissing(0.0),
    Setting(
      "weightDecay", \.weightDecay, .from(0),
      help: "Decoupled weight decay: each update subtracts learning rate x weight decay x weight."
    ).grouped(.regularization).valueIfMissing(0.0),
    Setting(
      "averageDecay", \.averageDecay, .from(0, below: 1),
      help: "Decay of the moving average of the weights that becomes the model; 0 for no average."
    ).grouped(.regularization),
    Setting(
      "optimizer", \.optimizer.rule, .cases(of: OptimizerConfiguration.Rule.self),
      help: "adam, sgd (with momentum) or rmsprop."
    ).stored(at: \.optimizer).grouped(.optimization),
    Setting("learningRate", \.learningRate, .above(0), help: "Highest learning rate.").grouped(.optimization),
    Setting(
      "schedule", \.schedule, .cases(of: LearningRateSchedule.self),
      help: "constant, or cosine (falls to 1/100 of the rate by the end of the budget)."
    ).grouped(.optimization),
    Setting(
      "warmupSteps", \.warmupSteps, .whole(0...Int.max),
      help: "Minibatches over which the learning rate rises to its highest."
    ).grouped(.optimization),
    Setting(
      "clipNorm", \.clipNorm, .from(0), help: "Clip the global gradient norm to this; 0 for no clipping."
    ).grouped(.optimization),
    Setting(
      "validationFraction", \.validationFraction, .from(0, below: 1),
      help: "Share of the text, at its end, that is held out for validation."),
    Setting(
      "patience", \.patience, .whole(0...Int.max),
      help: """
        Stop after this many epochs without a better validation loss, if they also make up at least a quarter of the run \
        so far; 0 to never stop early.
        """
    ).changeableOnResume(),
    Setting(
      "seed", \.seed, .seed,
      help: "Random seed for everything: initial weights, dropout, noise, resets, shuffling and samples."
    ).grouped(.optimization),
    Setting(
      "precision", \.precision, .cases(of: TrainingPrecision.self),
      help: "float32, or bfloat16: up to twice as fast on processors with AVX512_BF16."
    ).grouped(.optimization).automatic(),
  ]
}

extension OptimizerConfiguration.Rule: SettingRepresentable {}
extension LearningRateSchedule: SettingRepresentable {}
extension TrainingObjective: SettingRepresentable {}
extension TrainingPrecision: SettingRepresentable {}
extension StateHandling: SettingRepresentable {}

import ArgumentParser
import CharLSTM

/// The sizes of the network and the settings of training, except those of `SingleRunOptions`. For each option that the
/// user omits, a `TrainingPlan` chooses the value, or the library's default applies.
struct NetworkOptions: ParsableArguments, SettingOptions {
  @Option(.model("hiddenSize")) var hiddenSize: Int?
  @Option(.model("layers")) var layers: Int?
  @Option(.model("embeddingSize")) var embeddingSize: Int?
  @Option(.training("lanes")) var lanes: Int?
  @Option(.training("timeSteps")) var timeSteps: Int?
  @Option(.training("dropout")) var dropout: Double?
  @Flag(.training("isDropoutLocked")) var isDropoutLocked: Bool?
  @Option(.training("weightDropout")) var weightDropout: Double?
  @Option(.training("inputNoise")) var inputNoise: Double?
  @Option(.training("resetProbability")) var resetProbability: Double?
  @Option(.training("weightDecay")) var weightDecay: Double?
  @Option(.training("averageDecay")) var averageDecay: Double?
  @Option(.training("optimizer")) var optimizer: OptimizerConfiguration.Rule?
  @Option(.training("learningRate")) var learningRate: Double?
  @Option(.training("schedule")) var schedule: LearningRateSchedule?
  @Option(.training("warmupSteps")) var warmupSteps: Int?
  @Option(.training("clipNorm")) var clipNorm: Double?
  @Option(.training("validationFraction")) var validationFraction: Double?
  @Option(.training("seed")) var seed: UInt64?
  @Option(.training("precision")) var precision: TrainingPrecision?

  /// A plan that suits the corpus and keeps the sizes and settings that the user gave.
  func plan(
    for corpus: Corpus, budget: TrainingBudget?, preset: TrainingPlan.Preset, processor: Processor
  ) -> TrainingPlan {
    let given = configuration(over: TrainingConfiguration())
    return TrainingPlan(
      characters: corpus.split(validationFraction: given.validationFraction).training.count,
      vocabularySize: corpus.vocabulary.count, hiddenSize: hiddenSize,
      layers: layers ?? ModelConfiguration.defaultLayers, lanes: given.lanes, timeSteps: given.timeSteps,
      precision: precision, budget: budget, preset: preset, threads: processor.threads,
      variant: processor.kernels.variant)
  }

  /// The settings of `base`, overridden by the options that were given.
  func configuration(over base: TrainingConfiguration) -> TrainingConfiguration {
    put(over: base, TrainingConfiguration.settings)
  }

  /// The sizes of `base`, overridden by the options that were given.
  func model(over base: ModelConfiguration) -> ModelConfiguration { put(over: base, ModelConfiguration.settings) }

  /// The options that a resumed run cannot change and whose values differ from those of the run.
  func conflicts(model: ModelConfiguration, training: TrainingConfiguration) -> [String] {
    conflicts(ModelConfiguration.settings, with: model) + conflicts(TrainingConfiguration.settings, with: training)
  }

  func validate() throws {
    do throws(SettingError) {
      try configuration(over: TrainingConfiguration()).validate()
      try model(over: ModelConfiguration(vocabularySize: 1)).validate()
    } catch {
      throw error.validationError
    }
  }
}

/// The settings of training that `bard compare-regimes` does not take: its four networks differ in the first two, and
/// each uses its whole budget.
struct SingleRunOptions: ParsableArguments, SettingOptions {
  @Option(.training("objective")) var objective: TrainingObjective?
  @Option(.training("stateHandling"), transform: StateHandling.init(argument:)) var stateHandling: StateHandling?
  @Option(.training("patience")) var patience: Int?

  /// The settings of `base`, overridden by the options that were given.
  func configuration(over base: TrainingConfiguration) -> TrainingConfiguration {
    put(over: base, TrainingConfiguration.settings)
  }

  func validate() throws {
    do throws(SettingError) { try configuration(over: TrainingConfiguration()).validate() } catch {
      throw error.validationError
    }
  }
}

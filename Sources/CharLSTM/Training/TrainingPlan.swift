import Tensors

/// The network and the settings that suit a corpus, a processor and the time there is.
///
/// More time buys first more characters read for each weight, then more weights: the network is the largest that the budget
/// lets read `charactersPerParameter` for each of its parameters, and that the corpus has text enough for. What is read many
/// times over needs more dropout. The constants were chosen on text held out of the training part of tiny Shakespeare, and on
/// 100 and 300 kB of the plays in `corpora/`: <doc:WhatMakesItWriteWell>.
public struct TrainingPlan: Sendable, Equatable {
  /// How much time to take where no budget is given.
  public enum Preset: String, Sendable, Codable, CaseIterable {
    /// A third of `balanced`.
    case quick
    /// What reaches the knee of the curve: three times as long gains little more.
    case balanced
    /// Ten times what `balanced` takes.
    case best

    var factor: Double {
      switch self {
      case .quick: 1.0 / 3
      case .balanced: 1
      case .best: 10
      }
    }
  }

  /// How much time to take; it chooses nothing where a budget was given.
  public let preset: Preset
  /// Whether the number of cells was chosen here.
  public let choosesSize: Bool
  /// The sizes of the network, with the number of cells that was chosen or given.
  public let model: ModelConfiguration
  /// The settings, with budget, precision, dropout, weight dropout and whether dropout is locked chosen where they were not
  /// given, and all else at its default.
  public let configuration: TrainingConfiguration
  /// Passes over the training part that the budget is expected to be worth.
  public let epochs: Double

  /// Characters to be read for each parameter, so that another step gains less than another weight would.
  public static let charactersPerParameter = 1.5
  /// Parameters for each character of the training part, beyond which a network mostly learns by heart.
  static let mostParametersPerCharacter = 15.0
  /// Passes over a short text that are worth their time, with the dropout that goes with them.
  static let enoughEpochs = 60.0
  /// Cells of the layer to choose from.
  package static let hiddenSizes = [64, 96, 128, 192, 256, 384, 512, 640, 768, 896, 1024, 1280, 1536]
  /// Cells that are enough to begin with: what `balanced` gives time for, where the corpus is large enough.
  static let balancedHiddenSize = 768

  /// Chooses what is not given.
  ///
  /// - Parameters:
  ///   - characters: of the training part.
  ///   - vocabularySize: V.
  ///   - hiddenSize: nil to choose it.
  ///   - layers: L, which is not chosen.
  ///   - lanes: B, which is not chosen.
  ///   - timeSteps: T, which is not chosen.
  ///   - precision: nil for what is faster.
  ///   - budget: nil for what the preset takes.
  ///   - preset: how much time to take where no budget is given.
  ///   - threads: that will train.
  ///   - variant: the kernels that will.
  public init(
    characters: Int, vocabularySize: Int, hiddenSize: Int? = nil, layers: Int = ModelConfiguration.defaultLayers,
    lanes: Int = TrainingConfiguration().lanes, timeSteps: Int = TrainingConfiguration().timeSteps,
    precision: TrainingPrecision? = nil, budget: TrainingBudget? = nil, preset: Preset = .balanced, threads: Int,
    variant: KernelVariant
  ) {
    let count = Double(max(1, characters))
    var configuration = TrainingConfiguration()
    (configuration.lanes, configuration.timeSteps) = (lanes, timeSteps)
    configuration.precision = precision ?? (variant.hasBFloat16 ? .bfloat16 : .float32)
    let speed = TrainingSpeed(threads: threads, variant: variant, precision: configuration.precision)
    let sizes = hiddenSize.map { [$0] } ?? Self.hiddenSizes
    let candidates = sizes.map {
      ModelConfiguration(vocabularySize: vocabularySize, hiddenSize: $0, layers: layers)
    }.filter {
      $0.hiddenSize == sizes[0] || Double($0.parameterCount) <= Self.mostParametersPerCharacter * count
    }
    configuration.budget = budget ?? Self.budget(candidates, characters: count, preset: preset, speed: speed)
    // a short text has fewer lanes
    let charactersPerStep = min(count, Double(lanes) * Double(timeSteps))
    /// Characters that a network reads in the budget.
    func reading(_ model: ModelConfiguration) -> Double {
      switch configuration.budget {
      case .epochs(let epochs): Double(epochs) * count
      case .steps(let steps): Double(steps) * charactersPerStep
      case .minutes(let minutes): 60 * minutes * speed.charactersPerSecond(model)
      }
    }
    model =
      candidates.last { reading($0) >= Self.charactersPerParameter * Double($0.parameterCount) } ?? candidates[0]
    epochs = reading(model) / count
    configuration.regularize(epochs: epochs)
    self.configuration = configuration
    self.preset = preset
    choosesSize = hiddenSize == nil
  }

  /// `balanced` takes the time in which its network reads what its parameters are worth. A smaller one, which a short text asks
  /// for, may take as long as that of `balancedHiddenSize` cells would, for up to `enoughEpochs` passes over the text. The
  /// other presets are shares of that.
  private static func budget(
    _ candidates: [ModelConfiguration], characters: Double, preset: Preset, speed: TrainingSpeed
  ) -> TrainingBudget {
    let model = candidates.last { $0.hiddenSize <= balancedHiddenSize } ?? candidates[0]
    let balanced = ModelConfiguration(
      vocabularySize: model.vocabularySize, hiddenSize: balancedHiddenSize, layers: model.layers)
    func seconds(_ model: ModelConfiguration, reading characters: Double) -> Double {
      characters / speed.charactersPerSecond(model)
    }
    func worth(_ model: ModelConfiguration) -> Double {
      seconds(model, reading: charactersPerParameter * Double(model.parameterCount))
    }
    let seconds = max(worth(model), min(worth(balanced), seconds(model, reading: enoughEpochs * characters)))
    // to a whole number of minutes, or to half a minute where it is short
    func rounded(_ minutes: Double) -> Double {
      minutes >= 2 ? minutes.rounded(.up) : max(0.5, (2 * minutes).rounded(.up) / 2)
    }
    return .minutes(rounded(preset.factor * rounded(seconds / 60)))
  }
}

extension TrainingConfiguration {
  /// Dropout by how often the same text is read.
  fileprivate mutating func regularize(epochs: Double) {
    isDropoutLocked = true
    switch epochs {
    case ..<1.5: (dropout, weightDropout) = (0, 0)
    case ..<3: (dropout, weightDropout) = (0.1, 0)
    case ..<8: (dropout, weightDropout) = (0.3, 0)
    case ..<16: (dropout, weightDropout) = (0.4, 0.2)
    case ..<40: (dropout, weightDropout) = (0.5, 0.4)
    default: (dropout, weightDropout) = (0.6, 0.5)
    }
  }
}

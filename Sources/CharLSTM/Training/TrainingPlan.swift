import Tensors

/// The network and the settings that suit a corpus, a processor and a time budget.
///
/// A longer budget is first spent on reading more characters per parameter, and then on more parameters. The plan
/// takes the largest network that can read `charactersPerParameter` characters for each parameter within the
/// budget, and that is not too large for the corpus. The more often the text is read, the more dropout the plan
/// uses. The constants were chosen on text held out of the training part of tiny Shakespeare, and on 100 and 300 kB
/// of the plays in `corpora/`: <doc:WhatMakesItWriteWell>.
public struct TrainingPlan: Sendable, Equatable {
  /// The time to take if no budget is given.
  public enum Preset: String, Sendable, Codable, CaseIterable {
    /// A third of the time of `balanced`.
    case quick
    /// The time up to the knee of the loss curve. Three times as much gains little more.
    case balanced
    /// Ten times the time of `balanced`.
    case best

    var factor: Double {
      switch self {
      case .quick: 1.0 / 3
      case .balanced: 1
      case .best: 10
      }
    }
  }

  /// The time to take. It has no effect if a budget was given.
  public let preset: Preset
  /// Whether the plan chose the hidden size.
  public let choosesSize: Bool
  /// The sizes of the network, with the hidden size that was given or chosen.
  public let model: ModelConfiguration
  /// The settings. Lanes and time steps are as given. Budget and precision are as given, or chosen. Dropout, weight
  /// dropout and locked dropout are always chosen. All other settings have their defaults.
  public let configuration: TrainingConfiguration
  /// The expected number of passes over the training part within the budget.
  public let epochs: Double

  /// Below this many characters per parameter, more training helps more than more weights.
  public static let charactersPerParameter = 1.5
  /// The maximum number of parameters per character of the training part. Beyond it, a network mostly memorises.
  static let mostParametersPerCharacter = 15.0
  /// The number of passes over a short text that are worth their time, with the dropout for that many passes.
  static let enoughEpochs = 60.0
  /// The hidden sizes to choose from.
  package static let hiddenSizes = [64, 96, 128, 192, 256, 384, 512, 640, 768, 896, 1024, 1280, 1536]
  /// The largest hidden size for which `balanced` plans time.
  static let balancedHiddenSize = 768

  /// Chooses the settings that are not given.
  ///
  /// - Parameters:
  ///   - characters: The number of characters in the training part.
  ///   - vocabularySize: The vocabulary size V.
  ///   - hiddenSize: The hidden size H; nil to choose it.
  ///   - layers: The number of layers L, which is never chosen.
  ///   - lanes: The number of lanes B, which is never chosen.
  ///   - timeSteps: The number of time steps T, which is never chosen.
  ///   - precision: The precision of the products; nil for the faster one.
  ///   - budget: The budget; nil to choose it by the preset.
  ///   - preset: The time to take if no budget is given.
  ///   - threads: The number of threads that will train.
  ///   - variant: The kernels that will train.
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
    // a text shorter than one minibatch is cut into fewer lanes, and then a step reads at most the whole text
    let charactersPerStep = min(count, Double(lanes) * Double(timeSteps))
    /// The number of characters that a network reads within the budget.
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

  /// Chooses the budget for a preset.
  ///
  /// `balanced` takes at least the time in which its network reads `charactersPerParameter` characters per
  /// parameter. If that network is smaller than `balancedHiddenSize`, because the text is short, it may take as
  /// long as a network of that size would need, but for at most `enoughEpochs` passes over the text. `quick` takes
  /// a third of this time, and `best` ten times as much.
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
    // rounds up to whole minutes, or to half minutes below two minutes
    func rounded(_ minutes: Double) -> Double {
      minutes >= 2 ? minutes.rounded(.up) : max(0.5, (2 * minutes).rounded(.up) / 2)
    }
    return .minutes(rounded(preset.factor * rounded(seconds / 60)))
  }
}

extension TrainingConfiguration {
  /// Chooses dropout by the number of times that the same text is read.
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

import Tensors

/// The memory that training needs, in bytes. It is known before training begins.
///
/// `WorkspaceLayout` has the sizes of everything that a step computes. For P parameters, training also stores these
/// numbers of 4 bytes:
///
///     parameters, gradients     2 P
///     moments                   2 P with Adam, P with the other rules
///     average of the weights    P if there is one
///     weight dropout            P if it is used
///
/// Each token of the corpus takes 1, 2 or 4 bytes. While a checkpoint is written, more numbers are stored:
///
///     with Adam                 4 P
///     with the other rules      3 P
///     average of the weights    P if there is one
///
/// The program itself takes about 15 million bytes.
public struct TrainingMemory: Sendable, Equatable {
  /// The parameters, their gradients and average, the optimizer's moments, and the parameters after weight dropout.
  public let parameters: Int
  /// The values that the forward pass keeps for the backward pass, the logits, and the backward pass's gradients.
  public let activations: Int
  /// The first layer's table with its gradient, the transposed weights, and the weights in bfloat16.
  public let derivedWeights: Int
  /// The tokens of the corpus.
  public let corpus: Int
  /// The extra memory while a checkpoint is written.
  public let checkpoint: Int

  /// The approximate size of the program and its libraries.
  public static let program = 15_000_000

  /// The maximum memory at any time: the sum of all the parts above and `program`.
  public var total: Int { parameters + activations + derivedWeights + corpus + checkpoint + Self.program }

  /// Computes the memory for a network and its training settings. `tokens` is the length of the whole corpus.
  public init(model: ModelConfiguration, configuration: TrainingConfiguration, tokens: Int) {
    let layout = ParameterLayout(model)
    let moments = configuration.optimizer.rule == .adam ? 2 : 1
    let averages = configuration.averageDecay > 0 ? 1 : 0
    parameters = 4 * (2 + moments + averages + (configuration.weightDropout > 0 ? 1 : 0)) * layout.count
    checkpoint = 4 * (2 + moments + averages) * layout.count
    let workspace = WorkspaceLayout(
      layout, shape: MinibatchShape(lanes: configuration.lanes, timeSteps: configuration.timeSteps),
      precision: configuration.precision, hasDropout: configuration.dropout > 0)
    activations = 4 * workspace.activationCount
    derivedWeights = 4 * (workspace.count - workspace.activationCount)
    corpus = tokens * (model.vocabularySize <= 256 ? 1 : model.vocabularySize <= 65536 ? 2 : 4)
  }
}

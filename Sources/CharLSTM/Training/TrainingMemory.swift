import Tensors

/// The memory that training takes, in bytes: known before it begins.
///
/// The sizes of what a step computes are those of its `WorkspaceLayout`; besides it there are, in numbers of 4 bytes for P
/// parameters:
///
///     parameters, gradients     2 P
///     moments                   2 P with Adam, P with the others
///     average of the weights    P where there is one
///     with weight dropout       P
///
/// and 1, 2 or 4 bytes for each token of the corpus. Writing a checkpoint takes another 4 P for a moment: 3 P without the second
/// moment, P more with the average. The program itself takes some 15 million bytes.
public struct TrainingMemory: Sendable, Equatable {
  /// Parameters, their gradients and average, and the optimizer's moments.
  public let parameters: Int
  /// What forward leaves for backward, the logits and the gradients on their way.
  public let activations: Int
  /// The first layer's table with its gradient, transposed weights, and weights in bfloat16.
  public let derivedWeights: Int
  /// The corpus as tokens.
  public let corpus: Int
  /// For a moment, while a checkpoint is written.
  public let checkpoint: Int

  /// The program and its libraries, about.
  public static let program = 15_000_000

  /// The sum of all that is listed here, `program` included: the most that is held at a time.
  public var total: Int { parameters + activations + derivedWeights + corpus + checkpoint + Self.program }

  /// What training a network of these sizes with these settings takes, for a whole corpus of so many tokens.
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

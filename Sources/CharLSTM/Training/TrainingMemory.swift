import Tensors

/// The memory that training takes, in bytes: known before it begins.
///
/// For B lanes, T steps, L layers of H cells, V characters in D dimensions (H, D and V rounded up to multiples of 16 where they
/// count columns), P parameters and N tokens, in numbers of 4 bytes:
///
///     parameters, gradients     2 P
///     moments                   2 P with Adam, P with the others
///     average of the weights    P where there is one
///     with weight dropout       P
///     activations               L (2 (T + 1) B H + 4 T B H)          states, gates
///       with dropout            + L T B H
///       with bfloat16           + L ((T + 1) (B H / 2 + ⌈B/2⌉ H) + 4 B H + 4 T ⌈B/2⌉ H)
///       with both               + (L - 1) T (B H / 2 + ⌈B/2⌉ H)
///     logits, output gradient   T B (V + H) + B H + T B
///     weights in other forms    8 V H + V H + 4 H (L H + (L - 1) H + D), with bfloat16
///                               8 V H + V H + 4 H (L H + (L - 1) H + D)
///
/// and N times 1, 2 or 4 bytes for the corpus. Writing a checkpoint takes another 4 P for a moment: 3 P without the second
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
    let (lanes, steps, layers) = (configuration.lanes, configuration.timeSteps, model.layers)
    let hidden = PanelRegion.padded(model.hiddenSize)
    let vocabulary = PanelRegion.padded(model.vocabularySize)
    let pairs = (lanes + 1) / 2
    let count = ParameterLayout(model).count
    let moments = configuration.optimizer.rule == .adam ? 2 : 1
    let averages = configuration.averageDecay > 0 ? 1 : 0
    parameters = 4 * (2 + moments + averages + (configuration.weightDropout > 0 ? 1 : 0)) * count
    checkpoint = 4 * (2 + moments + averages) * count

    let isRounded = configuration.precision == .bfloat16
    let roundedBlock = lanes * PanelRegion.padded(hidden / 2) + pairs * hidden
    var floats = layers * (2 * (steps + 1) * lanes * hidden + 4 * steps * lanes * hidden)
    if configuration.dropout > 0 { floats += layers * steps * lanes * hidden }
    if isRounded {
      floats += layers * ((steps + 1) * roundedBlock + 4 * lanes * hidden + 4 * steps * pairs * hidden)
      if configuration.dropout > 0 { floats += (layers - 1) * steps * roundedBlock }
    }
    floats += steps * lanes * (vocabulary + hidden) + lanes * hidden + PanelRegion.padded(steps * lanes)
    activations = 4 * floats

    let table = 2 * model.vocabularySize * 4 * hidden
    let inputs = 4 * hidden * PanelRegion.padded(model.embeddingSize)
    // transposed; with bfloat16 half as large, but twice
    let recurrent = 4 * hidden * hidden
    let pairedRecurrent = 4 * hidden * PanelRegion.padded(hidden / 2) + 2 * hidden * hidden
    derivedWeights =
      4 * (table + inputs + vocabulary * hidden + (2 * layers - 1) * (isRounded ? pairedRecurrent : recurrent))
    corpus = tokens * (model.vocabularySize <= 256 ? 1 : model.vocabularySize <= 65536 ? 2 : 4)
  }
}

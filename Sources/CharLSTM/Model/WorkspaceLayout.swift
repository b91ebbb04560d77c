import Tensors

/// The shape of a minibatch, `[T, B]`.
struct MinibatchShape: Sendable, Equatable {
  /// The number of lanes, B.
  let lanes: Int
  /// The number of time steps, T.
  let timeSteps: Int
}

/// The layout of the workspace: one block of floats for everything that a training step computes, except parameters
/// and gradients.
///
/// It depends only on sizes and settings. So `TrainingMemory` uses it to predict how much memory a step needs.
struct WorkspaceLayout: Sendable {
  /// The results of a layer's forward pass that its backward pass reads.
  struct Layer: Sendable {
    /// The hidden state after each step, `[(T + 1) · B, H]`. Step -1 is the state carried over from the minibatch
    /// before.
    let h: ProductRows
    /// The cell state after each step, `[(T + 1) · B, H]`. Step -1 is the carried state, as in `h`.
    let c: StepRows
    /// The activated gates, `[T · B, 4H]`. The backward pass replaces them by the gradients of their sums.
    ///
    /// With bfloat16, `rounded.rows` has only two blocks, because step t of the backward pass reads only the rows of
    /// steps t and t + 1.
    let gates: ProductRows
  }

  let parameters: ParameterLayout
  let shape: MinibatchShape
  let precision: TrainingPrecision
  let layers: [Layer]
  /// What the next layer (for the last: the softmax layer) reads: h, after dropout if there is any.
  let outputs: [ProductRows]
  /// The logits, `[T · B, V]`. The softmax layer replaces them by their gradients.
  let logits: StepRows
  /// The gradient at the output of the layer that the backward pass has reached, `[T · B, H]`.
  let dh: StepRows
  /// The gradient of the cell state, `[B, H]`, carried from step to step.
  let dc: PanelRegion
  /// The loss of each prediction, -ln p(target), `[1, T · B]`.
  let losses: PanelRegion
  /// The number of floats of everything above, from `layers` to `losses`.
  let activationCount: Int
  /// The weights in other forms.
  let derived: DerivedWeights
  /// The gates' gradients, summed by character, `[V, 4H]`.
  let tableGradient: PanelRegion
  /// The number of floats in the whole block.
  let count: Int

  init(_ parameters: ParameterLayout, shape: MinibatchShape, precision: TrainingPrecision, hasDropout: Bool) {
    let configuration = parameters.configuration
    let (lanes, timeSteps, hidden) = (shape.lanes, shape.timeSteps, configuration.hiddenSize)
    var allocator = PanelAllocator()
    layers = (0..<configuration.layers).map { _ in
      Layer(lanes: lanes, timeSteps: timeSteps, hiddenSize: hidden, precision: precision, allocator: &allocator)
    }
    if hasDropout {
      let dropped = layers.map { _ in
        StepRows(blocks: timeSteps, lanes: lanes, columns: hidden, allocator: &allocator)
      }
      outputs = dropped.enumerated().map { index, values in
        // the softmax layer always reads float32
        ProductRows(
          timeSteps: timeSteps, lanes: lanes, columns: hidden,
          precision: index + 1 < dropped.count ? precision : .float32, values: values, allocator: &allocator)
      }
    } else {
      outputs = layers.map(\.h)
    }
    logits = StepRows(
      blocks: timeSteps, lanes: lanes, columns: configuration.vocabularySize, allocator: &allocator)
    dh = StepRows(blocks: timeSteps, lanes: lanes, columns: hidden, allocator: &allocator)
    dc = allocator.region(rows: lanes, columns: hidden)
    losses = allocator.region(rows: 1, columns: timeSteps * lanes)
    activationCount = allocator.count
    derived = DerivedWeights(layout: parameters, precision: precision, allocator: &allocator)
    tableGradient = allocator.region(rows: derived.table.region.rows, columns: derived.table.region.columns)
    count = allocator.count
    self.parameters = parameters
    self.shape = shape
    self.precision = precision
  }
}

extension WorkspaceLayout.Layer {
  init(lanes: Int, timeSteps: Int, hiddenSize: Int, precision: TrainingPrecision, allocator: inout PanelAllocator) {
    let gateColumns = Gates.columns(cells: hiddenSize)
    // the float32 rows come first, because every step uses them
    let state = StepRows(
      blocks: 1 + timeSteps, lanes: lanes, first: 1, columns: hiddenSize, allocator: &allocator)
    c = StepRows(blocks: 1 + timeSteps, lanes: lanes, first: 1, columns: hiddenSize, allocator: &allocator)
    let activated = StepRows(blocks: timeSteps, lanes: lanes, columns: gateColumns, allocator: &allocator)
    h = ProductRows(
      timeSteps: timeSteps, lanes: lanes, first: 1, columns: hiddenSize, precision: precision, values: state,
      allocator: &allocator)
    gates = ProductRows(
      timeSteps: timeSteps, lanes: lanes, columns: gateColumns, precision: precision, roundedSteps: 2,
      values: activated, allocator: &allocator)
  }
}

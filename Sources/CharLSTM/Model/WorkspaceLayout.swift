import Tensors

/// The sizes of a minibatch, `[T, B]`.
struct MinibatchShape: Sendable, Equatable {
  /// B.
  let lanes: Int
  /// T.
  let timeSteps: Int
}

/// Where everything lies, in one block of floats, that a training step computes besides parameters and gradients.
///
/// It follows from the sizes alone, so it is also how much memory a step takes (`TrainingMemory`).
struct WorkspaceLayout: Sendable {
  /// What the forward pass of a layer leaves for its backward pass.
  struct Layer: Sendable {
    /// Hidden state after each step, `[(T + 1) · B, H]`; step -1 is the state carried from the minibatch before.
    let h: ProductRows
    /// Cell state likewise.
    let c: StepRows
    /// `[T · B, 4H]`: activated gates; the backward pass turns them into the gradients of their sums. Products of the backward
    /// pass read a step and the one after it, so two steps of rounded rows are enough.
    let gates: ProductRows
  }

  let parameters: ParameterLayout
  let shape: MinibatchShape
  let precision: TrainingPrecision
  let layers: [Layer]
  /// What is read of each layer by the layer above it, and of the last one by the softmax layer: h, or what dropout leaves
  /// of it.
  let outputs: [ProductRows]
  /// `[T · B, V]`: logits, after the softmax layer their gradients.
  let logits: StepRows
  /// `[T · B, H]`: gradient at the output of the layer that the backward pass has reached.
  let dh: StepRows
  /// `[B, H]`: gradient of the cell state, carried from step to step.
  let dc: PanelRegion
  /// `[1, T · B]`: -ln p(target).
  let losses: PanelRegion
  /// Floats of all that is listed above.
  let activationCount: Int
  /// Weights in other forms.
  let derived: DerivedWeights
  /// `[V, 4H]`: the gates' gradients gathered by character.
  let tableGradient: PanelRegion
  /// Floats of the whole block.
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
        // the softmax layer, which reads the last one, reads float32
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
    // the float32 rows first, which every step touches
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

import Tensors

/// Computes the loss and the gradients of a minibatch by truncated backpropagation through time (Werbos 1990;
/// Williams & Peng 1990).
///
/// It holds the activations of one minibatch and the recurrent state of the lanes. The next minibatch starts from the
/// values of that state, and gradients stop at its start. After the first minibatch nothing is allocated.
final class BackpropagationThroughTime {
  let layout: WorkspaceLayout
  let layers: [LSTMLayer]
  let output: SoftmaxLayer
  private let weightGradients: WeightGradients
  private let processor: Processor
  private var masks: DropoutMasks
  private var workspace: AlignedFloats

  /// - Parameters:
  ///   - parameters: The layout of the parameters and of their gradients.
  ///   - shape: The shape of the minibatches, `[T, B]`.
  ///   - dropout: The dropout after each layer.
  ///   - precision: The precision of the products in the LSTM layers.
  ///   - objective: The predictions that make up the loss.
  init(
    parameters: ParameterLayout, shape: MinibatchShape, dropout: Dropout = .none,
    precision: TrainingPrecision = .float32, objective: TrainingObjective = .every, processor: Processor
  ) {
    let layout = WorkspaceLayout(parameters, shape: shape, precision: precision, hasDropout: dropout.rate > 0)
    self.layout = layout
    self.processor = processor
    layers = layout.layers.indices.map { LSTMLayer($0, of: layout, kernels: processor.kernels) }
    output = SoftmaxLayer(layout, objective: objective, kernels: processor.kernels)
    weightGradients = WeightGradients(layout)
    masks = DropoutMasks(dropout, lanes: shape.lanes, layers: layout.layers.count)
    workspace = AlignedFloats(zeros: layout.count)
  }

  /// Updates the derived weights. Call it after every change of the parameters.
  func parametersDidChange(_ parameters: AlignedFloats) {
    workspace.withMutableView { workspace in
      parameters.withView { layout.derived.update(parameters: $0, workspace: workspace, processor: processor) }
    }
  }

  /// Computes the gradients of a minibatch, and returns its mean loss in nats per character.
  ///
  /// - Parameters:
  ///   - minibatch: The ids to read and to predict, `[T, B]` each.
  ///   - step: The number of the minibatch since the start of training. The dropout masks depend on it.
  ///   - parameters: Must be the value last passed to `parametersDidChange`.
  ///   - gradients: Overwritten. They have the layout of the parameters.
  func run(
    _ minibatch: BackpropagationPass.Minibatch, step: Int, parameters: AlignedFloats, gradients: inout AlignedFloats
  ) -> Double {
    masks.advance(to: step)
    return workspace.withMutableView { workspace in
      parameters.withView { parameters in
        gradients.withMutableView { gradients in
          let memory = StepMemory(parameters: parameters, workspace: workspace)
          let pass = BackpropagationPass(
            layout, layers: layers, output: output, minibatch: minibatch, masks: masks, memory: memory,
            processor: processor)
          processor.run(parts: pass.parts, pass)
          weightGradients.sum(ids: minibatch.inputs, memory: memory, into: gradients, processor: processor)
          carryState(workspace)
          return output.meanLoss(workspace)
        }
      }
    }
  }

  /// Copies the state after the last step to the place of step -1, where the next minibatch starts.
  private func carryState(_ workspace: MutableFloatsView) {
    for layer in layout.layers {
      carry(layer.h.values, workspace)
      carry(layer.c, workspace)
    }
  }

  private func carry(_ rows: StepRows, _ workspace: MutableFloatsView) {
    workspace[rows.region].copyRows(
      rows.lanes, from: workspace.readOnly[rows.region], at: rows.row(ofStep: layout.shape.timeSteps - 1),
      to: rows.row(ofStep: -1))
  }
}

extension BackpropagationThroughTime {
  private var lanes: Int { layout.shape.lanes }

  /// The state that the next minibatch starts from.
  var carriedState: RecurrentState {
    get {
      var state = RecurrentState(zeros: layout.parameters.configuration, lanes: lanes)
      for lane in 0..<lanes {
        for (index, layer) in layout.layers.enumerated() {
          state.set(
            layer: index, lane: lane, hidden: carriedRow(layer.h.values.region, lane),
            cell: carriedRow(layer.c.region, lane))
        }
      }
      return state
    }
    set {
      precondition(
        newValue.lanes == lanes && newValue.configuration == layout.parameters.configuration, "another state's shape")
      for lane in 0..<lanes {
        for (index, layer) in layout.layers.enumerated() {
          setCarriedRow(layer.h.values.region, lane, newValue.hidden(layer: index, lane: lane))
          setCarriedRow(layer.c.region, lane, newValue.cell(layer: index, lane: lane))
        }
      }
    }
  }

  /// Sets the carried state of the lanes in `range` to zero.
  func resetCarriedState(lanes range: Range<Int>) {
    workspace.withMutableView { workspace in
      for layer in layout.layers {
        workspace[layer.h.values.region].clear(rows: range)
        workspace[layer.c.region].clear(rows: range)
      }
    }
  }

  private func carriedRow(_ region: PanelRegion, _ lane: Int) -> [Float] {
    (0..<region.columns).map { workspace[region.index(row: lane, column: $0)] }
  }

  private func setCarriedRow(_ region: PanelRegion, _ lane: Int, _ values: [Float]) {
    for (column, value) in values.enumerated() { workspace[region.index(row: lane, column: column)] = value }
  }
}

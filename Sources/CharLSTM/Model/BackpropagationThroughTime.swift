import Tensors

/// Loss and gradients of a minibatch by truncated backpropagation through time (Werbos 1990; Williams & Peng 1990).
///
/// Owns the activations of one minibatch and the lanes' recurrent state, which is carried to the next one by value:
/// gradients stop at its start. After the first minibatch nothing is allocated.
final class BackpropagationThroughTime {
  let layout: ParameterLayout
  let lanes: Int
  let timeSteps: Int
  let kernels: Kernels
  let threads: Int

  private var workspace: AlignedFloats
  let layers: [LSTMLayer]
  let output: SoftmaxOutput
  let derived: DerivedWeights
  private let weightGradients: WeightGradients
  /// `[T · B, H]` each: what the next layer reads where dropout is on.
  let dropped: [PanelRegion]
  /// The same in bfloat16; the softmax layer reads float32, so the last has none.
  let roundedDropped: [BFloat16Rows]
  let logits: PanelRegion
  /// `[T · B, H]`: gradient at the output of the layer that backward has reached.
  let dh: PanelRegion
  let dc: PanelRegion
  let losses: PanelRegion
  private var masks: DropoutMasks
  let activations: [LSTMLayer.Activations]
  /// What layer l reads (l > 0), and what the softmax layer reads (l = L): rows of the layer below after each step. The
  /// first layer reads its table; its entry stands there for the numbering.
  let layerInputs: [LayerInput]
  let precision: TrainingPrecision
  /// The first time step whose prediction counts.
  let firstScored: Int

  init(
    layout: ParameterLayout, lanes: Int, timeSteps: Int, dropout: Float, isDropoutLocked: Bool = false, seed: UInt64,
    precision: TrainingPrecision = .float32, objective: TrainingObjective = .every, kernels: Kernels, threads: Int
  ) {
    let configuration = layout.configuration
    let hidden = configuration.hiddenSize
    var allocator = PanelAllocator()
    layers = (0..<configuration.layers).map { _ in
      LSTMLayer(
        lanes: lanes,
        activations: .init(
          lanes: lanes, timeSteps: timeSteps, hiddenSize: hidden, precision: precision,
          allocator: &allocator),
        kernels: kernels)
    }
    let droppedLayers = dropout > 0 ? configuration.layers : 0
    dropped = (0..<droppedLayers).map { _ in allocator.region(rows: timeSteps * lanes, columns: hidden) }
    roundedDropped = (0..<(precision == .bfloat16 ? max(0, droppedLayers - 1) : 0)).map { _ in
      BFloat16Rows(
        lanes: lanes, roundedBlocks: timeSteps, pairedBlocks: timeSteps, columns: hidden, allocator: &allocator)
    }
    logits = allocator.region(rows: timeSteps * lanes, columns: configuration.vocabularySize)
    dh = allocator.region(rows: timeSteps * lanes, columns: hidden)
    dc = allocator.region(rows: lanes, columns: hidden)
    losses = allocator.region(rows: 1, columns: timeSteps * lanes)
    derived = DerivedWeights(layout: layout, precision: precision, allocator: &allocator)
    weightGradients = WeightGradients(
      layout: layout, derived: derived, lanes: lanes, timeSteps: timeSteps, allocator: &allocator)
    workspace = AlignedFloats(zeros: allocator.count)
    output = SoftmaxOutput(layout: layout, kernels: kernels)
    masks = DropoutMasks(
      rate: dropout, isLocked: isDropoutLocked, seed: seed, lanes: lanes, layers: configuration.layers)
    activations = layers.map(\.activations)
    var inputs = [LayerInput(region: activations[0].h, row: 0, bfloat16: nil)]
    for layer in 0..<configuration.layers {
      inputs.append(
        dropout > 0
          ? LayerInput(
            region: dropped[layer], row: 0,
            bfloat16: layer < roundedDropped.count ? (roundedDropped[layer], 0) : nil)
          : LayerInput(
            region: activations[layer].h, row: lanes, bfloat16: activations[layer].roundedH.map { ($0, 1) }))
    }
    layerInputs = inputs
    self.precision = precision
    firstScored = objective == .last ? timeSteps - 1 : 0
    self.layout = layout
    self.lanes = lanes
    self.timeSteps = timeSteps
    self.kernels = kernels
    self.threads = threads
  }

  /// Predictions of a minibatch that make up its loss.
  var scoredPredictions: Int { (timeSteps - firstScored) * lanes }

  /// Bytes held for activations and derived weights.
  var workspaceBytes: Int { workspace.count * 4 }

  /// Call after every change of the parameters.
  func parametersDidChange(_ parameters: AlignedFloats) {
    workspace.withMutableView { workspace in
      parameters.withView { parameters in
        derived.update(parameters: parameters, workspace: workspace, kernels: kernels, threads: threads)
      }
    }
  }

  /// The loss of a minibatch in nats per character, and its gradients.
  ///
  /// - Parameters:
  ///   - inputs: `[T, B]` ids, time-major.
  ///   - targets: `[T, B]`, the same one character later.
  ///   - step: number of the minibatch, for the dropout masks.
  func run(
    inputs: [Int32], targets: [Int32], step: Int, parameters: AlignedFloats, gradients: inout AlignedFloats
  ) -> Double {
    masks.advance(to: step)
    return workspace.withMutableView { workspace in
      parameters.withView { parameters in
        gradients.withMutableView { gradients in
          let pass = BackpropagationPass(
            owner: self, inputs: inputs, targets: targets, masks: masks, parameters: parameters, workspace: workspace)
          parallel(parts: pass.parts, threads: threads, pass)
          weightGradients.sum(
            activations: activations, inputs: layerInputs, dlogits: logits, ids: inputs,
            parameters: parameters, workspace: workspace, gradients: gradients, kernels: kernels, threads: threads)
          for layer in layers {
            carry(layer.activations.h, workspace)
            carry(layer.activations.c, workspace)
          }
          return meanLoss(workspace)
        }
      }
    }
  }

  /// What stands after the last step is what the next minibatch begins with.
  private func carry(_ region: PanelRegion, _ workspace: MutableFloatsView) {
    workspace[region].copyRows(lanes, from: workspace.readOnly[region], at: timeSteps * lanes, to: 0)
  }

  private func meanLoss(_ workspace: MutableFloatsView) -> Double {
    var total = 0.0
    for index in losses.offset + firstScored * lanes..<losses.offset + timeSteps * lanes {
      total += Double(workspace[index])
    }
    return total / Double(scoredPredictions)
  }
}

extension BackpropagationThroughTime {
  /// The state carried to the next minibatch.
  var carriedState: RecurrentState {
    get {
      var state = RecurrentState(zeros: layout.configuration, lanes: lanes)
      for lane in 0..<lanes {
        for (index, layer) in layers.enumerated() {
          state.set(
            layer: index, lane: lane, hidden: carriedRow(layer.activations.h, lane),
            cell: carriedRow(layer.activations.c, lane))
        }
      }
      return state
    }
    set {
      precondition(newValue.lanes == lanes && newValue.configuration == layout.configuration, "another state's shape")
      for lane in 0..<lanes {
        for (index, layer) in layers.enumerated() {
          setCarriedRow(layer.activations.h, lane, newValue.hidden(layer: index, lane: lane))
          setCarriedRow(layer.activations.c, lane, newValue.cell(layer: index, lane: lane))
        }
      }
    }
  }

  /// Forgets everything, as at the start of an epoch.
  func resetCarriedState() {
    workspace.withMutableView { workspace in
      for layer in layers {
        workspace[layer.activations.h].clear(rows: 0..<lanes)
        workspace[layer.activations.c].clear(rows: 0..<lanes)
      }
    }
  }

  /// Forgets what one lane has read.
  func resetCarriedState(lane: Int) {
    workspace.withMutableView { workspace in
      for layer in layers {
        workspace[layer.activations.h].clear(rows: lane..<lane + 1)
        workspace[layer.activations.c].clear(rows: lane..<lane + 1)
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

import Tensors

/// Loss and gradients of a minibatch by truncated backpropagation through time (Werbos 1990; Williams & Peng 1990).
///
/// Owns the activations of one minibatch and the lanes' recurrent state, which is carried to the next one by value:
/// gradients stop at its start. After the first minibatch nothing is allocated.
///
/// Memory, in floats of 4 bytes, for B lanes, T steps, H cells, L layers and V characters, P being the number of
/// parameters: L (T + 1) B 2H + L T B 4H + T B (H + V) + V 8H + P, and with dropout L T B H more.
final class BackpropagationThroughTime {
  let layout: ParameterLayout
  let lanes: Int
  let timeSteps: Int
  let kernels: Kernels
  let threads: Int

  private var workspace: AlignedFloats
  private let layers: [LSTMLayer]
  private let output: SoftmaxOutput
  private let derived: DerivedWeights
  private let weightGradients: WeightGradients
  /// `[T · B, H]` each: what the next layer reads where dropout is on.
  private let dropped: [PanelRegion]
  /// The same in bfloat16; the softmax layer reads float32, so the last has none.
  private let roundedDropped: [BFloat16Rows]
  private let logits: PanelRegion
  /// `[T · B, H]`: gradient at the output of the layer that backward has reached.
  private let dh: PanelRegion
  private let dc: PanelRegion
  private let losses: PanelRegion
  private var masks: DropoutMasks
  private let activations: [LSTMLayer.Activations]
  /// What layer l reads (l > 0), and what the softmax layer reads (l = L): rows of the layer below after each step. The
  /// first layer reads its table; its entry stands there for the numbering.
  private let layerInputs: [LayerInput]
  private let precision: TrainingPrecision

  /// Fewest cells of a layer for which it pays to split the columns of every step over the threads.
  private static let fewestCellsToSplit = 256

  init(
    layout: ParameterLayout, lanes: Int, timeSteps: Int, dropout: Float, seed: UInt64,
    precision: TrainingPrecision = .float32, kernels: Kernels, threads: Int
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
    masks = DropoutMasks(rate: dropout, seed: seed, lanes: lanes, layers: configuration.layers)
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
    self.layout = layout
    self.lanes = lanes
    self.timeSteps = timeSteps
    self.kernels = kernels
    self.threads = threads
  }

  /// Bytes held for activations and derived weights.
  var workspaceBytes: Int { workspace.count * 4 }

  /// Call after every change of the parameters.
  func parametersDidChange(_ parameters: Parameters) {
    workspace.withMutableView { workspace in
      parameters.values.withView { parameters in
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
    inputs: [Int32], targets: [Int32], step: Int, parameters: Parameters, gradients: inout AlignedFloats
  ) -> Double {
    masks.advance(to: step)
    // As many ranges of lanes as threads: a range runs all T steps forward and back on its own. Where there are far fewer
    // lanes than threads, all threads share the columns of every step instead.
    let splits =
      2 * lanes <= threads && layout.configuration.hiddenSize >= Self.fewestCellsToSplit ? threads : 1
    let pairs = precision == .bfloat16 ? 2 : 1
    let laneGroups = (lanes + pairs - 1) / pairs
    let parts = splits > 1 ? 1 : min(threads, laneGroups)
    return workspace.withMutableView { workspace in
      parameters.values.withView { parameters in
        gradients.withMutableView { gradients in
          parallel(parts: parts, threads: threads) { part in
            let range =
              pairs * (part * laneGroups / parts)..<min(lanes, pairs * ((part + 1) * laneGroups / parts))
            forward(lanes: range, splits: splits, inputs: inputs, parameters: parameters, workspace: workspace)
            softmax(lanes: range, splits: splits, targets: targets, parameters: parameters, workspace: workspace)
            backward(lanes: range, splits: splits, parameters: parameters, workspace: workspace)
          }
          weightGradients.sum(
            activations: activations, inputs: layerInputs, dlogits: logits, ids: inputs,
            parameters: parameters, workspace: workspace, gradients: gradients, kernels: kernels, threads: threads)
          for layer in layers {
            for region in [layer.activations.h, layer.activations.c] {
              workspace[region].copyRows(
                lanes, from: workspace.readOnly[region], at: timeSteps * lanes, to: 0)
            }
          }
          return meanLoss(workspace)
        }
      }
    }
  }

  /// Calls `body` with ranges of `count` columns, on `splits` threads; with all of them where there is one.
  private func split(_ count: Int, in splits: Int, _ body: (Range<Int>) -> Void) {
    guard splits > 1 else { return body(0..<count) }
    let parts = min(splits, count)
    parallel(parts: parts, threads: splits) { part in body(part * count / parts..<(part + 1) * count / parts) }
  }

  private func forward(
    lanes range: Range<Int>, splits: Int, inputs: [Int32], parameters: FloatsView, workspace: MutableFloatsView
  ) {
    for (index, layer) in layers.enumerated() {
      let own = layout.layers[index]
      let weights = derived.layers[index]
      let source = layerInputs[index]
      let recurrent = weights.recurrentPairs.map { workspace.readOnly[$0] } ?? parameters[own.recurrentWeights]
      layer.roundHidden(block: 0, lanes: range, workspace: workspace)
      for t in 0..<timeSteps {
        var input: ProductOperand?
        if index > 0 {
          let from = source.bfloat16.map { ($0.rows.rounded, $0.block * lanes) } ?? (source.region, source.row)
          input = ProductOperand(
            rows: workspace.readOnly[from.0], row: from.1 + t * lanes,
            weights: weights.inputPairs.map { workspace.readOnly[$0] } ?? parameters[own.inputWeights])
        }
        split(layer.activations.h.paddedColumns / PanelRegion.columnGroup, in: splits) { groups in
          layer.forward(
            step: t, lanes: range, groups: groups,
            start: index == 0 ? workspace.readOnly[derived.table.region] : parameters[own.bias],
            ids: index == 0 ? inputs : [], input: input, recurrentWeights: recurrent, workspace: workspace)
        }
        layer.roundHidden(block: t + 1, lanes: range, workspace: workspace)
        if masks.isActive { drop(layer: index, step: t, lanes: range, workspace: workspace) }
      }
    }
  }

  /// What the next layer, or the softmax layer, reads of a step.
  private func drop(layer index: Int, step t: Int, lanes range: Range<Int>, workspace: MutableFloatsView) {
    kernels.dropout(
      into: workspace[dropped[index]], row: t * lanes + range.lowerBound,
      workspace.readOnly[activations[index].h], row: (t + 1) * lanes + range.lowerBound,
      keys: masks.keys(layer: index, lanes: range), timeStep: t, rate: masks.rate)
    guard index < roundedDropped.count else { return }
    roundedDropped[index].fill(
      roundedBlock: t, pairedBlock: t, lanes: range, from: workspace.readOnly[dropped[index]], row: t * lanes,
      workspace: workspace, kernels: kernels)
  }

  private func softmax(
    lanes range: Range<Int>, splits: Int, targets: [Int32], parameters: FloatsView, workspace: MutableFloatsView
  ) {
    let source = layerInputs[layers.count]
    split(timeSteps, in: splits) { steps in
      for t in steps {
        let rows = t * lanes + range.lowerBound..<t * lanes + range.upperBound
        output.forward(
          workspace.readOnly[source.region], row: source.row + rows.lowerBound, rows: rows.count,
          parameters: parameters, into: workspace[logits], row: rows.lowerBound)
        kernels.softmaxCrossEntropy(
          logits: workspace[logits], rows: rows, targets: targets[rows], losses: workspace,
          lossRange: losses.offset + rows.lowerBound..<losses.offset + rows.upperBound,
          gradientScale: 1 / Float(timeSteps * lanes))
        output.backward(
          dlogits: workspace.readOnly[logits], row: rows.lowerBound, rows: rows.count,
          decoderTransposed: workspace.readOnly[derived.decoderTransposed], into: workspace[dh])
      }
    }
  }

  private func backward(
    lanes range: Range<Int>, splits: Int, parameters: FloatsView, workspace: MutableFloatsView
  ) {
    for (index, layer) in layers.enumerated().reversed() {
      workspace[dc].clear(rows: range)
      for t in (0..<timeSteps).reversed() {
        let row = t * lanes + range.lowerBound
        if masks.isActive {
          kernels.dropout(
            into: workspace[dh], row: row, workspace.readOnly[dh], row: row,
            keys: masks.keys(layer: index, lanes: range), timeStep: t, rate: masks.rate)
        }
        split(dh.panelCount, in: splits) { panels in
          layer.backward(
            step: t, of: timeSteps, lanes: range, panels: panels, dh: workspace.readOnly[dh], dc: workspace[dc],
            recurrentTransposed: workspace.readOnly[derived.layers[index].recurrentTransposed], workspace: workspace)
        }
        layer.roundGates(step: t, lanes: range, workspace: workspace)
        guard index > 0, let transposed = derived.layers[index].inputTransposed else { continue }
        let rounded = layer.activations.roundedGates?.rounded
        split(dh.panelCount, in: splits) { panels in
          kernels.product(
            into: workspace[dh], row: row, workspace.readOnly[rounded ?? layer.activations.gates],
            row: rounded == nil ? row : t % 2 * lanes + range.lowerBound, rows: range.count,
            workspace.readOnly[transposed], panels: panels, pairs: rounded != nil)
        }
      }
    }
  }

  private func meanLoss(_ workspace: MutableFloatsView) -> Double {
    var total = 0.0
    for index in losses.offset..<losses.offset + timeSteps * lanes { total += Double(workspace[index]) }
    return total / Double(timeSteps * lanes)
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

  private func carriedRow(_ region: PanelRegion, _ lane: Int) -> [Float] {
    (0..<region.columns).map { workspace[region.index(row: lane, column: $0)] }
  }

  private func setCarriedRow(_ region: PanelRegion, _ lane: Int, _ values: [Float]) {
    for (column, value) in values.enumerated() { workspace[region.index(row: lane, column: column)] = value }
  }
}

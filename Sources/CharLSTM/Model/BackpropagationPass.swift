import Tensors

/// Forward, softmax and backward of one minibatch on borrowed memory; all but the weights' gradients.
///
/// As many ranges of lanes as threads: a range runs all T steps forward and back on its own. Where there are far fewer lanes
/// than threads, all threads share the columns of every step instead.
struct BackpropagationPass: ParallelWork {
  private let owner: BackpropagationThroughTime
  private let inputs: [Int32]
  private let targets: [Int32]
  private let masks: DropoutMasks
  private let parameters: FloatsView
  private let workspace: MutableFloatsView
  /// Threads that share a step.
  private let splits: Int
  /// Lanes that stay together: with bfloat16 two, for they share words.
  private let lanesTogether: Int
  /// Ranges of lanes.
  let parts: Int

  /// Fewest cells of a layer for which it pays to share the columns of every step.
  private static let fewestCellsToShare = 256

  init(
    owner: BackpropagationThroughTime, inputs: [Int32], targets: [Int32], masks: DropoutMasks, parameters: FloatsView,
    workspace: MutableFloatsView
  ) {
    let isShared =
      2 * owner.lanes <= owner.threads && owner.layout.configuration.hiddenSize >= Self.fewestCellsToShare
    self.owner = owner
    self.inputs = inputs
    self.targets = targets
    self.masks = masks
    self.parameters = parameters
    self.workspace = workspace
    splits = isShared ? owner.threads : 1
    lanesTogether = owner.precision == .bfloat16 ? 2 : 1
    parts = isShared ? 1 : min(owner.threads, (owner.lanes + lanesTogether - 1) / lanesTogether)
  }

  private var kernels: Kernels { owner.kernels }
  private var lanes: Int { owner.lanes }
  private var timeSteps: Int { owner.timeSteps }

  func run(part: Int) {
    let groups = (lanes + lanesTogether - 1) / lanesTogether
    let range = lanesTogether * (part * groups / parts)..<min(lanes, lanesTogether * ((part + 1) * groups / parts))
    forward(lanes: range)
    perform(.softmax, lanes: range)
    backward(lanes: range)
  }

  /// What is done with all columns at once, or with a share of them by each thread.
  private enum Stage {
    case forward(layer: Int, step: Int)
    /// Its columns are the time steps.
    case softmax
    case backward(layer: Int, step: Int)
    /// From a layer's gates to the output of the layer below.
    case inputGradient(layer: Int, step: Int, transposed: PanelRegion)
  }

  private struct Share: ParallelWork {
    let pass: BackpropagationPass
    let stage: Stage
    let lanes: Range<Int>
    let count: Int
    let parts: Int

    func run(part: Int) {
      pass.perform(stage, lanes: lanes, columns: part * count / parts..<(part + 1) * count / parts)
    }
  }

  private func perform(_ stage: Stage, lanes range: Range<Int>) {
    let count =
      switch stage {
      case .forward: owner.dh.paddedColumns / PanelRegion.columnGroup
      case .softmax: timeSteps
      case .backward, .inputGradient: owner.dh.panelCount
      }
    if splits == 1 {
      perform(stage, lanes: range, columns: 0..<count)
    } else {
      let parts = min(splits, count)
      parallel(
        parts: parts, threads: splits, Share(pass: self, stage: stage, lanes: range, count: count, parts: parts))
    }
  }

  private func perform(_ stage: Stage, lanes range: Range<Int>, columns: Range<Int>) {
    switch stage {
    case .forward(let layer, let step): forward(layer: layer, step: step, lanes: range, groups: columns)
    case .softmax: softmax(lanes: range, steps: columns)
    case .backward(let layer, let step):
      owner.layers[layer].backward(
        step: step, of: timeSteps, lanes: range, panels: columns, dh: workspace.readOnly[owner.dh],
        dc: workspace[owner.dc],
        recurrentTransposed: workspace.readOnly[owner.derived.layers[layer].recurrentTransposed],
        workspace: workspace)
    case .inputGradient(let layer, let step, let transposed):
      let activations = owner.activations[layer]
      let rounded = activations.roundedGates?.rounded
      let row = step * lanes + range.lowerBound
      kernels.product(
        into: workspace[owner.dh], row: row, rows: range.count,
        ProductOperand(
          rows: workspace.readOnly[rounded ?? activations.gates],
          row: rounded == nil ? row : step % 2 * lanes + range.lowerBound, weights: workspace.readOnly[transposed]),
        panels: columns)
    }
  }

  private func forward(lanes range: Range<Int>) {
    for (index, layer) in owner.layers.enumerated() {
      layer.roundHidden(block: 0, lanes: range, workspace: workspace)
      for t in 0..<timeSteps {
        perform(.forward(layer: index, step: t), lanes: range)
        layer.roundHidden(block: t + 1, lanes: range, workspace: workspace)
        if masks.isActive { drop(layer: index, step: t, lanes: range) }
      }
    }
  }

  private func forward(layer index: Int, step t: Int, lanes range: Range<Int>, groups: Range<Int>) {
    let own = owner.layout.layers[index]
    let weights = owner.derived.layers[index]
    var input: ProductOperand?
    if index > 0 {
      let source = owner.layerInputs[index]
      let from = source.bfloat16.map { ($0.rows.rounded, $0.block * lanes) } ?? (source.region, source.row)
      input = ProductOperand(
        rows: workspace.readOnly[from.0], row: from.1 + t * lanes,
        weights: weights.inputPairs.map { workspace.readOnly[$0] } ?? parameters[own.inputWeights])
    }
    owner.layers[index].forward(
      step: t, lanes: range, groups: groups,
      start: index == 0 ? workspace.readOnly[owner.derived.table.region] : parameters[own.bias],
      ids: index == 0 ? inputs : [], input: input,
      recurrentWeights: weights.recurrentPairs.map { workspace.readOnly[$0] } ?? parameters[own.recurrentWeights],
      workspace: workspace)
  }

  /// What the next layer, or the softmax layer, reads of a step.
  private func drop(layer index: Int, step t: Int, lanes range: Range<Int>) {
    kernels.dropout(
      into: workspace[owner.dropped[index]], row: t * lanes + range.lowerBound,
      workspace.readOnly[owner.activations[index].h], row: (t + 1) * lanes + range.lowerBound,
      keys: masks.keys(layer: index, lanes: range), timeStep: masks.isLocked ? 0 : t, rate: masks.rate)
    guard index < owner.roundedDropped.count else { return }
    owner.roundedDropped[index].fill(
      roundedBlock: t, pairedBlock: t, lanes: range, from: workspace.readOnly[owner.dropped[index]], row: t * lanes,
      workspace: workspace, kernels: kernels)
  }

  private func softmax(lanes range: Range<Int>, steps: Range<Int>) {
    let source = owner.layerInputs[owner.layers.count]
    for t in steps {
      let rows = t * lanes + range.lowerBound..<t * lanes + range.upperBound
      guard t >= owner.firstScored else {
        // no loss here, and no gradient
        workspace[owner.logits].clear(rows: rows)
        workspace[owner.dh].clear(rows: rows)
        continue
      }
      owner.output.forward(
        workspace.readOnly[source.region], row: source.row + rows.lowerBound, rows: rows.count,
        parameters: parameters, into: workspace[owner.logits], row: rows.lowerBound)
      kernels.replaceLogitsWithGradients(
        workspace[owner.logits], rows: rows, targets: targets[rows], losses: workspace,
        lossRange: owner.losses.offset + rows.lowerBound..<owner.losses.offset + rows.upperBound,
        scale: 1 / Float(owner.scoredPredictions))
      owner.output.backward(
        dlogits: workspace.readOnly[owner.logits], row: rows.lowerBound, rows: rows.count,
        decoderTransposed: workspace.readOnly[owner.derived.decoderTransposed], into: workspace[owner.dh])
    }
  }

  private func backward(lanes range: Range<Int>) {
    for (index, layer) in owner.layers.enumerated().reversed() {
      workspace[owner.dc].clear(rows: range)
      for t in (0..<timeSteps).reversed() {
        if masks.isActive {
          let row = t * lanes + range.lowerBound
          kernels.dropout(
            into: workspace[owner.dh], row: row, workspace.readOnly[owner.dh], row: row,
            keys: masks.keys(layer: index, lanes: range), timeStep: masks.isLocked ? 0 : t, rate: masks.rate)
        }
        perform(.backward(layer: index, step: t), lanes: range)
        layer.roundGates(step: t, lanes: range, workspace: workspace)
        guard index > 0, let transposed = owner.derived.layers[index].inputTransposed else { continue }
        perform(.inputGradient(layer: index, step: t, transposed: transposed), lanes: range)
      }
    }
  }
}

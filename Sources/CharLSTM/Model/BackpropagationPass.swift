import Tensors

/// Forward, softmax and backward of one minibatch on borrowed memory; all but the weights' gradients.
///
/// As many ranges of lanes as threads: a range runs all T steps forward and back on its own. Where there are far fewer lanes
/// than threads, all threads share the columns of every step instead.
struct BackpropagationPass: ParallelWork {
  /// What is read and predicted, `[T, B]` ids each, time-major.
  struct Minibatch {
    var inputs: [Int32]
    /// The same one character later.
    var targets: [Int32]

    /// Room for `count` ids, T · B.
    init(_ count: Int) {
      inputs = [Int32](repeating: 0, count: count)
      targets = inputs
    }

    init(inputs: [Int32], targets: [Int32]) {
      self.inputs = inputs
      self.targets = targets
    }

    /// Takes minibatch `index` of an epoch.
    mutating func fill(from batches: LaneBatches, index: Int, epoch: Int) {
      batches.fill(minibatch: index, epoch: epoch, inputs: &inputs, targets: &targets)
    }

    /// Takes the characters of one lane from `start` on.
    mutating func fill(from tokens: TokenSequence, start: Int) {
      tokens.copy(start..<start + inputs.count, into: &inputs, first: 0, stride: 1)
      tokens.copy(start + 1..<start + inputs.count + 1, into: &targets, first: 0, stride: 1)
    }
  }

  private let layout: WorkspaceLayout
  private let layers: [LSTMLayer]
  private let output: SoftmaxLayer
  private let minibatch: Minibatch
  private let masks: DropoutMasks
  private let memory: StepMemory
  private let kernels: Kernels
  /// Threads that share a step.
  private let splits: Int
  /// Lanes that stay together: with bfloat16 two, for they share words.
  private let lanesTogether: Int
  /// Ranges of lanes.
  let parts: Int

  /// Fewest cells of a layer for which it pays to share the columns of every step.
  private static let fewestCellsToShare = 256

  init(
    _ layout: WorkspaceLayout, layers: [LSTMLayer], output: SoftmaxLayer, minibatch: Minibatch, masks: DropoutMasks,
    memory: StepMemory, processor: Processor
  ) {
    let (lanes, threads) = (layout.shape.lanes, processor.threads)
    let isShared = 2 * lanes <= threads && layout.parameters.configuration.hiddenSize >= Self.fewestCellsToShare
    self.layout = layout
    self.layers = layers
    self.output = output
    self.minibatch = minibatch
    self.masks = masks
    self.memory = memory
    kernels = processor.kernels
    splits = isShared ? threads : 1
    lanesTogether = layout.precision == .bfloat16 ? 2 : 1
    parts = isShared ? 1 : min(threads, (lanes + lanesTogether - 1) / lanesTogether)
  }

  private var timeSteps: Int { layout.shape.timeSteps }

  func run(part: Int) {
    let lanes = layout.shape.lanes
    let groups = (lanes + lanesTogether - 1) / lanesTogether
    let range = lanesTogether * (part * groups / parts)..<min(lanes, lanesTogether * ((part + 1) * groups / parts))
    forward(lanes: range)
    perform(.softmax, lanes: range)
    backward(lanes: range)
  }

  private func forward(lanes range: Range<Int>) {
    for index in layers.indices {
      let h = layers[index].rows.h
      h.round(step: -1, lanes: range, workspace: memory.workspace, kernels: kernels)
      for t in 0..<timeSteps {
        perform(.forward(layer: index, step: t), lanes: range)
        h.round(step: t, lanes: range, workspace: memory.workspace, kernels: kernels)
        if masks.isActive { drop(layer: index, step: t, lanes: range) }
      }
    }
  }

  private func backward(lanes range: Range<Int>) {
    for index in layers.indices.reversed() {
      let gates = layers[index].rows.gates
      memory.workspace[layout.dc].clear(rows: range)
      for t in (0..<timeSteps).reversed() {
        if masks.isActive { dropGradient(layer: index, step: t, lanes: range) }
        perform(.backward(layer: index, step: t), lanes: range)
        gates.round(step: t, lanes: range, workspace: memory.workspace, kernels: kernels)
        if index > 0 { perform(.backwardToInput(layer: index, step: t), lanes: range) }
      }
    }
  }

  /// From h to what the next layer, or the softmax layer, reads of a step.
  private func drop(layer index: Int, step t: Int, lanes range: Range<Int>) {
    let (from, to) = (layout.layers[index].h.values, layout.outputs[index])
    kernels.dropout(
      into: memory.workspace[to.values.region], row: to.values.row(ofStep: t) + range.lowerBound, memory[from.region],
      row: from.row(ofStep: t) + range.lowerBound, keys: masks.keys(layer: index, lanes: range),
      timeStep: masks.isLocked ? 0 : t, rate: masks.rate)
    to.round(step: t, lanes: range, workspace: memory.workspace, kernels: kernels)
  }

  /// The same mask on dh.
  private func dropGradient(layer index: Int, step t: Int, lanes range: Range<Int>) {
    let row = layout.dh.row(ofStep: t) + range.lowerBound
    kernels.dropout(
      into: memory.workspace[layout.dh.region], row: row, memory[layout.dh.region], row: row,
      keys: masks.keys(layer: index, lanes: range), timeStep: masks.isLocked ? 0 : t, rate: masks.rate)
  }

  // MARK: Sharing a step

  /// What is done with all columns at once, or with a share of them by each thread.
  private enum Stage {
    case forward(layer: Int, step: Int)
    /// Its columns are the time steps.
    case softmax
    case backward(layer: Int, step: Int)
    case backwardToInput(layer: Int, step: Int)
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
      case .forward: layout.dh.region.paddedColumns / PanelRegion.columnGroup
      case .softmax: timeSteps
      case .backward, .backwardToInput: layout.dh.region.panelCount
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
    case .forward(let layer, let t):
      layers[layer].forward(step: t, lanes: range, groups: columns, ids: minibatch.inputs, memory: memory)
    case .softmax:
      for t in columns { output.run(step: t, lanes: range, targets: minibatch.targets, memory: memory) }
    case .backward(let layer, let t):
      layers[layer].backward(step: t, lanes: range, panels: columns, memory: memory)
    case .backwardToInput(let layer, let t):
      layers[layer].backwardToInput(step: t, lanes: range, panels: columns, memory: memory)
    }
  }
}

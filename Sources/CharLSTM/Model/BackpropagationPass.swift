import Tensors

/// Runs forward, softmax and backward of one minibatch on borrowed memory. `WeightGradients` then computes the
/// gradients of the weights.
///
/// The lanes are split into as many ranges as there are threads. Each range runs all T steps forward and back on its
/// own. With at most half as many lanes as threads, and H ≥ 256, all threads share the columns of every step instead.
struct BackpropagationPass: ParallelWork {
  /// The ids that the network reads and those that it must predict. Each array is `[T, B]`, time-major.
  struct Minibatch {
    var inputs: [Int32]
    /// The character after each input.
    var targets: [Int32]

    /// Makes room for `count` ids, T · B.
    init(_ count: Int) {
      inputs = [Int32](repeating: 0, count: count)
      targets = inputs
    }

    init(inputs: [Int32], targets: [Int32]) {
      self.inputs = inputs
      self.targets = targets
    }

    /// Copies minibatch `index` of an epoch.
    mutating func fill(from batches: LaneBatches, index: Int, epoch: Int) {
      batches.fill(minibatch: index, epoch: epoch, inputs: &inputs, targets: &targets)
    }

    /// Copies characters of a single lane, B = 1, from `start` on.
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
  /// The number of threads that share the columns of every step; 1 if no step is shared.
  private let splits: Int
  /// The number of neighbouring lanes that must be in the same range: 2 with bfloat16, because a pair of lanes shares
  /// memory words, otherwise 1.
  private let lanesTogether: Int
  /// The number of ranges of lanes.
  let parts: Int

  /// The smallest H for which it pays to share the columns of every step.
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

  /// Applies dropout to h of one step. The next layer, or the softmax layer, reads the result.
  private func drop(layer index: Int, step t: Int, lanes range: Range<Int>) {
    let (from, to) = (layout.layers[index].h.values, layout.outputs[index])
    kernels.dropout(
      into: memory.workspace[to.values.region], row: to.values.row(ofStep: t) + range.lowerBound, memory[from.region],
      row: from.row(ofStep: t) + range.lowerBound, keys: masks.keys(layer: index, lanes: range),
      timeStep: masks.isLocked ? 0 : t, rate: masks.rate)
    to.round(step: t, lanes: range, workspace: memory.workspace, kernels: kernels)
  }

  /// Applies the mask of the forward pass to dh of one step.
  private func dropGradient(layer index: Int, step t: Int, lanes range: Range<Int>) {
    let row = layout.dh.row(ofStep: t) + range.lowerBound
    kernels.dropout(
      into: memory.workspace[layout.dh.region], row: row, memory[layout.dh.region], row: row,
      keys: masks.keys(layer: index, lanes: range), timeStep: masks.isLocked ? 0 : t, rate: masks.rate)
  }

  // MARK: Sharing a step

  /// A stage of the computation. One thread computes all columns of a stage, or each thread computes a range of them.
  private enum Stage {
    case forward(layer: Int, step: Int)
    /// The columns of this stage are the time steps.
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

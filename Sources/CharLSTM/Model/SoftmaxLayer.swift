import Tensors

/// Which predictions of a window of T characters make up the loss.
public enum TrainingObjective: String, Sendable, Codable, CaseIterable {
  /// All T of them, many-to-many: Keras's `return_sequences=True` with a `TimeDistributed` softmax.
  case every
  /// The one after the last character, many-to-one: `return_sequences=False`. A window teaches one character instead of T.
  case last
}

/// The softmax layer, the same one at every time step (`TimeDistributed` in Keras's words): logits = h W + b, `[B, V]`.
struct SoftmaxLayer {
  private let layout: WorkspaceLayout
  private let kernels: Kernels
  /// The first time step whose prediction counts.
  private let firstScored: Int

  init(_ layout: WorkspaceLayout, objective: TrainingObjective, kernels: Kernels) {
    self.layout = layout
    self.kernels = kernels
    firstScored = objective == .last ? layout.shape.timeSteps - 1 : 0
  }

  /// Predictions of a minibatch that make up its loss.
  var scoredPredictions: Int { (layout.shape.timeSteps - firstScored) * layout.shape.lanes }

  /// Forward, loss and backward of step `t`: from h `[B, H]` to dh `[B, H]`.
  ///
  ///     p = softmax(h W + b)     loss = -ln p(target)     dlogits = (p - onehot(target)) / predictions     dh = dlogits Wᵀ
  func run(step t: Int, lanes range: Range<Int>, targets: [Int32], memory: StepMemory) {
    let rows = layout.logits.rows(ofStep: t, lanes: range)
    let logits = memory.workspace[layout.logits.region]
    let dh = memory.workspace[layout.dh.region]
    guard t >= firstScored else {
      // no loss here, and no gradient
      logits.clear(rows: rows)
      dh.clear(rows: rows)
      return
    }
    let h = layout.outputs[layout.outputs.count - 1].values
    kernels.product(
      into: logits, row: rows.lowerBound, rows: rows.count,
      ProductOperand(
        rows: memory[h.region], row: h.row(ofStep: t) + range.lowerBound,
        weights: memory.parameters[layout.parameters.decoderWeights]),
      start: memory.parameters[layout.parameters.decoderBias])
    kernels.replaceLogitsWithGradients(
      logits, rows: rows, targets: targets[rows], losses: memory.workspace,
      lossRange: layout.losses.offset + rows.lowerBound..<layout.losses.offset + rows.upperBound,
      scale: 1 / Float(scoredPredictions))
    kernels.product(
      into: dh, row: rows.lowerBound, rows: rows.count,
      ProductOperand(
        rows: logits.readOnly, row: rows.lowerBound, weights: memory[layout.derived.decoderTransposed]))
  }

  /// Mean loss of the predictions that count, in nats per character, once all steps were run.
  func meanLoss(_ workspace: MutableFloatsView) -> Double {
    let first = layout.losses.offset + firstScored * layout.shape.lanes
    var total = 0.0
    for index in first..<first + scoredPredictions { total += Double(workspace[index]) }
    return total / Double(scoredPredictions)
  }
}

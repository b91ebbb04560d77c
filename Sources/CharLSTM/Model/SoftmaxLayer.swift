import Tensors

/// The predictions that make up the loss of a window of T characters.
public enum TrainingObjective: String, Sendable, Codable, CaseIterable {
  /// All T predictions: many-to-many. In Keras: `return_sequences=True` with a `TimeDistributed` softmax.
  case every
  /// Only the prediction after the last character: many-to-one. In Keras: `return_sequences=False`. The network
  /// learns one character per window instead of T.
  case last
}

/// The softmax layer, with the logits z = W' h + b' `[B, V]`. It is the same at every time step, as in Keras's
/// `TimeDistributed`.
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

  /// The number of predictions that make up the loss of a minibatch.
  var scoredPredictions: Int { (layout.shape.timeSteps - firstScored) * layout.shape.lanes }

  /// Computes the loss of step `t` and its gradient: from h `[B, H]` to dh `[B, H]`.
  ///
  ///     p = softmax(W' h + b')     loss = -ln p(target)     dz = (p - onehot(target)) / n     dh = W'ᵀ dz
  ///
  /// n is `scoredPredictions`.
  func run(step t: Int, lanes range: Range<Int>, targets: [Int32], memory: StepMemory) {
    let rows = layout.logits.rows(ofStep: t, lanes: range)
    let logits = memory.workspace[layout.logits.region]
    let dh = memory.workspace[layout.dh.region]
    guard t >= firstScored else {
      // this step has no loss, so its gradients are zero
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

  /// The mean loss of the predictions that count, in nats per character. Call it after `run` for all steps.
  func meanLoss(_ workspace: MutableFloatsView) -> Double {
    let first = layout.losses.offset + firstScored * layout.shape.lanes
    var total = 0.0
    for index in first..<first + scoredPredictions { total += Double(workspace[index]) }
    return total / Double(scoredPredictions)
  }
}

import Tensors

/// A trained network and its vocabulary. It is immutable, and everything that writes with it shares it.
public struct CharacterModel: Sendable {
  /// The V characters that ids and logits stand for.
  public let vocabulary: Vocabulary
  /// The trained weights. They are in float32, whatever `precision` is.
  public let parameters: Parameters
  /// The implementation of the numeric operations. Every implementation gives the same bits.
  public let kernels: Kernels
  private let weights: SamplingWeights

  /// The sizes of the network.
  public var configuration: ModelConfiguration { parameters.layout.configuration }
  /// The precision of the products in a step, chosen when the model was made.
  public var precision: SamplingPrecision { weights.precision }

  /// If the weights of a layer have at least this many bytes, it pays to share its step between threads.
  private static let fewestBytesToSplit = 512 << 10

  /// Makes a model, and converts the weights to the precision of its steps.
  /// - Precondition: The vocabulary has as many characters as the configuration says.
  /// - Complexity: O(P) for the P parameters, plus 2 · V · D · 4H floating-point operations for the first layer's
  ///   table.
  public init(
    parameters: Parameters, vocabulary: Vocabulary, precision: SamplingPrecision = .float32,
    kernels: Kernels = Kernels()
  ) {
    let configuration = parameters.layout.configuration
    precondition(
      vocabulary.count == configuration.vocabularySize,
      "\(vocabulary.count) characters for a network of \(configuration.vocabularySize)")
    self.vocabulary = vocabulary
    self.parameters = parameters
    self.kernels = kernels
    weights = SamplingWeights(parameters: parameters, precision: precision, kernels: kernels)
  }

  /// Reads one character in every lane. It updates the state, and the logits predict the next character.
  ///
  /// - Parameters:
  ///   - ids: The character that each lane reads, `[B]`.
  ///   - state: The state of B lanes.
  ///   - logits: The logits of B lanes; overwritten.
  ///   - threads: The number of threads that share the columns of a large layer. The result does not depend on it.
  /// - Complexity: 2 · B · (4H² (2L - 1) + H V) floating-point operations. Nothing is allocated once the logits have
  ///   been used with this model.
  public func advance(_ ids: [Int32], state: inout RecurrentState, logits: inout Logits, threads: Int = 1) {
    advance(ids, state: &state, logits: &logits, gates: nil, threads: threads)
  }

  /// Reads one character in every lane, and stores the gates of the step.
  ///
  /// - Parameters:
  ///   - ids: The character that each lane reads, `[B]`.
  ///   - state: The state of B lanes.
  ///   - logits: The logits of B lanes; overwritten.
  ///   - gates: The gates of B lanes; overwritten. State and logits have the same bits as without them.
  ///   - threads: The number of threads that share the columns of a large layer. The result does not depend on it.
  public func advance(
    _ ids: [Int32], state: inout RecurrentState, logits: inout Logits, gates: inout GateActivations, threads: Int = 1
  ) {
    precondition(
      gates.configuration == configuration && gates.lanes == state.lanes,
      "gates of \(gates.lanes) lanes for \(state.lanes)")
    let regions = gates.regions
    gates.values.withMutableView { view in
      advance(ids, state: &state, logits: &logits, gates: (view, regions), threads: threads)
    }
  }

  private func advance(
    _ ids: [Int32], state: inout RecurrentState, logits: inout Logits,
    gates: (values: MutableFloatsView, regions: [PanelRegion])?, threads: Int
  ) {
    let lanes = state.lanes
    precondition(
      ids.count == lanes && logits.lanes == lanes, "\(ids.count) ids and \(logits.lanes) logits for \(lanes) lanes")
    precondition(state.configuration == configuration, "a state of another network")
    precondition(
      logits.region.columns == configuration.vocabularySize,
      "\(logits.region.columns) logits for \(configuration.vocabularySize) characters")
    if logits.scratch?.fits(self) != true { logits.scratch = StepScratch(self, lanes: lanes) }
    let before = state.half * lanes
    let (h, c, region) = (state.h, state.c, logits.region)
    parameters.values.withView { parameters in
      weights.values.withView { converted in
        state.values.withMutableView { state in
          logits.withScratch { values, scratch, rows in
            let step = Step(
              model: self, ids: ids, lanes: lanes, before: before, h: h, c: c, parameters: parameters,
              converted: converted, state: state, gates: gates, scratch: scratch, rows: rows)
            for layer in h.indices { step.run(layer: layer, threads: shares(layer) ? threads : 1) }
            step.decode(into: values[region])
          }
        }
      }
    }
    state.half = 1 - state.half
  }

  /// Whether the layer is large enough for several threads to share its step.
  private func shares(_ layer: Int) -> Bool {
    let hidden = configuration.hiddenSize
    let values = Gate.allCases.count * hidden * (layer > 0 ? 2 * hidden : hidden)
    let bytes = values * (precision == .int8 ? 1 : precision == .bfloat16 ? 2 : 4)
    return bytes >= Self.fewestBytesToSplit
  }

  /// One step of all layers on borrowed memory.
  private struct Step {
    let model: CharacterModel
    let ids: [Int32]
    let lanes: Int
    /// The row of `h` for lane 0 before the step.
    let before: Int
    let h: [PanelRegion]
    let c: [PanelRegion]
    let parameters: FloatsView
    let converted: FloatsView
    let state: MutableFloatsView
    /// The place for the gates of each layer, `[B, 4H]`; nil if nobody reads them.
    let gates: (values: MutableFloatsView, regions: [PanelRegion])?
    let scratch: MutableFloatsView
    let rows: StepScratch.Rows

    private var after: Int { lanes - before }

    func run(layer: Int, threads: Int) {
      let own = model.parameters.layout.layers[layer]
      let operands = operands(of: layer)
      let groups = h[layer].paddedColumns / PanelRegion.columnGroup
      let parts = max(1, min(threads, groups))
      parallel(
        parts: parts, threads: threads,
        GroupWork(
          step: LSTMStep(
            lanes: 0..<lanes, start: layer == 0 ? converted[model.weights.table] : parameters[own.bias],
            startRows: layer == 0 ? ids[...] : [], operands: operands, h: state[h[layer]], hAfter: after,
            c: state[c[layer]], cBefore: 0, cAfter: 0, gates: gates.map { ($0.values[$0.regions[layer]], 0) }),
          groups: groups, parts: parts, kernels: model.kernels))
    }

    /// Splits a step by cells: each part computes a range of groups of 16.
    private struct GroupWork: ParallelWork {
      let step: LSTMStep
      let groups: Int
      let parts: Int
      let kernels: Kernels

      func run(part: Int) {
        var own = step
        own.groups = part * groups / parts..<(part + 1) * groups / parts
        kernels.lstmStep(own)
      }
    }

    private func operands(of layer: Int) -> LSTMOperands {
      let own = model.parameters.layout.layers[layer]
      let kernels = model.kernels
      if model.precision == .float32 {
        return .floatingPoint(
          input: layer == 0
            ? nil
            : ProductOperand(rows: state.readOnly[h[layer - 1]], row: after, weights: parameters[own.inputWeights]),
          recurrent: ProductOperand(
            rows: state.readOnly[h[layer]], row: before, weights: parameters[own.recurrentWeights]))
      }
      let (input, recurrent) = model.weights.layers[layer]
      if layer > 0 { rows.input.fill(state.readOnly[h[layer - 1]], row: after, scratch: scratch, kernels: kernels) }
      rows.recurrent.fill(state.readOnly[h[layer]], row: before, scratch: scratch, kernels: kernels)
      let scratch = scratch.readOnly
      return model.precision == .int8
        ? .int8(
          input: input.map { rows.input.quantizedOperand($0, weights: converted, scratch: scratch) },
          recurrent: rows.recurrent.quantizedOperand(recurrent, weights: converted, scratch: scratch))
        : .floatingPoint(
          input: input.map { rows.input.operand($0, weights: converted, scratch: scratch) },
          recurrent: rows.recurrent.operand(recurrent, weights: converted, scratch: scratch))
    }

    /// Computes the logits from the hidden state of the last layer.
    func decode(into logits: MutablePanelView) {
      let layout = model.parameters.layout
      let last = state.readOnly[h[h.count - 1]]
      guard let decoder = model.weights.decoder else {
        model.kernels.product(
          into: logits, row: 0, rows: lanes,
          ProductOperand(rows: last, row: after, weights: parameters[layout.decoderWeights]),
          start: parameters[layout.decoderBias])
        return
      }
      rows.input.fill(last, row: after, scratch: scratch, kernels: model.kernels)
      if model.precision == .int8 {
        model.kernels.product(
          into: logits, row: 0, rows: lanes,
          rows.input.quantizedOperand(decoder, weights: converted, scratch: scratch.readOnly),
          start: parameters[layout.decoderBias])
      } else {
        model.kernels.product(
          into: logits, row: 0, rows: lanes,
          rows.input.operand(decoder, weights: converted, scratch: scratch.readOnly),
          start: parameters[layout.decoderBias])
      }
    }
  }
}

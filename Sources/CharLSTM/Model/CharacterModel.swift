import Tensors

/// A trained network with the vocabulary it reads and writes: immutable, shared by everything that writes with it.
public struct CharacterModel: Sendable {
  public let vocabulary: Vocabulary
  public let parameters: Parameters
  public let kernels: Kernels
  /// The first layer's input product for every character, `[V, 4H]`.
  private let tableValues: AlignedFloats
  private let table: PanelRegion

  public var configuration: ModelConfiguration { parameters.layout.configuration }

  /// - Precondition: the configuration's vocabulary size is the vocabulary's.
  public init(parameters: Parameters, vocabulary: Vocabulary, kernels: Kernels = Kernels()) {
    let layout = parameters.layout
    precondition(
      vocabulary.count == layout.configuration.vocabularySize,
      "\(vocabulary.count) characters for a network of \(layout.configuration.vocabularySize)")
    var allocator = PanelAllocator()
    let table = InputTable(
      layout: layout,
      region: allocator.region(rows: vocabulary.count, columns: layout.layers[0].recurrentWeights.columns))
    var values = AlignedFloats(zeros: allocator.count)
    parameters.values.withView { parameters in
      values.withMutableView { view in
        for panel in 0..<table.region.panelCount {
          table.compute(panel: panel, parameters: parameters, into: view[table.region], kernels: kernels)
        }
      }
    }
    self.vocabulary = vocabulary
    self.parameters = parameters
    self.kernels = kernels
    self.table = table.region
    tableValues = values
  }

  /// Reads one character in every lane: the state moves on, and the logits predict what follows.
  ///
  /// - Parameters:
  ///   - ids: `[B]`, the character that each lane reads.
  ///   - state: of B lanes.
  ///   - logits: of B lanes, overwritten.
  /// - Complexity: 2 · B · (Σ 4H (X + H) + H V) floating-point operations on the caller's thread; nothing is allocated.
  public func advance(_ ids: [Int32], state: inout RecurrentState, logits: inout Logits) {
    let lanes = state.lanes
    precondition(
      ids.count == lanes && logits.lanes == lanes, "\(ids.count) ids and \(logits.lanes) logits for \(lanes) lanes")
    precondition(state.configuration == configuration, "a state of another network")
    let layout = parameters.layout
    let (h, c) = (state.h, state.c)
    let before = state.half * lanes
    let after = lanes - before
    parameters.values.withView { parameters in
      tableValues.withView { tableValues in
        state.values.withMutableView { state in
          for (index, layer) in layout.layers.enumerated() {
            kernels.lstmStep(
              LSTMStep(
                lanes: 0..<lanes, start: index == 0 ? tableValues[table] : parameters[layer.bias],
                startRows: index == 0 ? ids[...] : [],
                input: index == 0 ? nil : (state.readOnly[h[index - 1]], after, parameters[layer.inputWeights]),
                recurrentWeights: parameters[layer.recurrentWeights], h: state[h[index]], hBefore: before,
                hAfter: after,
                c: state[c[index]], cBefore: 0, cAfter: 0, gates: nil))
          }
          logits.values.withMutableView { values in
            kernels.product(
              into: values[logits.region], row: 0, state.readOnly[h[h.count - 1]], row: after, rows: lanes,
              parameters[layout.decoderWeights], start: parameters[layout.decoderBias])
          }
        }
      }
    }
    state.half = 1 - state.half
  }
}

/// The network's output before the softmax: `[B, V]`.
public struct Logits: Sendable {
  public let lanes: Int
  var values: AlignedFloats
  let region: PanelRegion

  public init(vocabularySize: Int, lanes: Int = 1) {
    var allocator = PanelAllocator()
    self.lanes = lanes
    region = allocator.region(rows: lanes, columns: vocabularySize)
    values = AlignedFloats(zeros: allocator.count)
  }

  public subscript(lane: Int, id: Int) -> Float { values[region.index(row: lane, column: id)] }

  /// Copies one lane's V logits.
  public func copy(lane: Int, into destination: inout [Float]) {
    precondition(destination.count == region.columns, "\(destination.count) places for \(region.columns) logits")
    values.withView { view in
      let matrix = view[region]
      for id in 0..<region.columns { destination[id] = matrix[lane, id] }
    }
  }
}

import Tensors

/// A parameter with PyTorch's name and shape, as in `nn.Embedding`, `nn.LSTM` and `nn.Linear`.
public struct NamedTensor: Sendable, Equatable {
  /// The parameters of a network. Layers count from 0; X is the input size of a layer.
  public enum Kind: Sendable, Equatable {
    /// E, `[V, D]`: the embedding of each character. A network with one-hot input has none.
    case embedding
    /// W, `[4H, X]`: from a layer's input to its gates.
    case inputWeights(layer: Int)
    /// U, `[4H, H]`: from a layer's hidden state to its gates at the next step.
    case recurrentWeights(layer: Int)
    /// b, `[4H]`: the bias of a layer's gates.
    case inputBias(layer: Int)
    /// `[4H]`: PyTorch's second bias. bard writes it as zeros, and adds it to b when it reads a file.
    case recurrentBias(layer: Int)
    /// W', `[V, H]`: from the last layer's hidden state to the logits.
    case decoderWeights
    /// b', `[V]`: the bias of the logits.
    case decoderBias

    var isStored: Bool {
      if case .recurrentBias = self { return false }
      return true
    }
  }

  /// The parameter of the network.
  public let kind: Kind
  /// PyTorch's name, with the name of the module first, such as `lstm.weight_ih_l0`.
  public let name: String
  /// The shape. The elements are row-major. A dimension of 4H begins with all of i; then come f, g and o.
  public let shape: [Int]

  /// The number of elements, the product of the shape.
  public var count: Int { shape.reduce(1, *) }

  /// False for `bias_hh`, which exists only in files, because PyTorch has it.
  public var isTrained: Bool { kind.isStored }

  /// All tensors of a network, in the order in which files hold them.
  public static func all(of configuration: ModelConfiguration) -> [NamedTensor] {
    let (v, d, h) = (configuration.vocabularySize, configuration.embeddingSize, configuration.hiddenSize)
    var tensors = [NamedTensor]()
    if d > 0 { tensors.append(NamedTensor(kind: .embedding, name: "embedding.weight", shape: [v, d])) }
    for layer in 0..<configuration.layers {
      let x = configuration.inputSize(ofLayer: layer)
      tensors += [
        NamedTensor(kind: .inputWeights(layer: layer), name: "lstm.weight_ih_l\(layer)", shape: [4 * h, x]),
        NamedTensor(kind: .recurrentWeights(layer: layer), name: "lstm.weight_hh_l\(layer)", shape: [4 * h, h]),
        NamedTensor(kind: .inputBias(layer: layer), name: "lstm.bias_ih_l\(layer)", shape: [4 * h]),
        NamedTensor(kind: .recurrentBias(layer: layer), name: "lstm.bias_hh_l\(layer)", shape: [4 * h]),
      ]
    }
    tensors += [
      NamedTensor(kind: .decoderWeights, name: "decoder.weight", shape: [v, h]),
      NamedTensor(kind: .decoderBias, name: "decoder.bias", shape: [v]),
    ]
    return tensors
  }

  /// Calls `body` for each run of the tensor's elements in the block of parameters. The runs follow the tensor's
  /// row-major order. Within a run, `stride` is the distance between the indices of two elements.
  func forEachRun(in layout: ParameterLayout, _ body: (_ first: Int, _ stride: Int, _ count: Int) -> Void) {
    let h = layout.configuration.hiddenSize
    func column(_ region: PanelRegion, _ column: Int, rows: Int) {
      body(region.index(row: 0, column: column), region.width(ofPanelWith: column), rows)
    }
    func row(_ region: PanelRegion, _ row: Int) {
      for first in stride(from: 0, to: region.columns, by: PanelRegion.panelWidth) {
        body(
          region.index(row: row, column: first), 1, min(PanelRegion.panelWidth, region.columns - first))
      }
    }
    func gates(_ region: PanelRegion, inputs: Int) {
      for gate in Gate.allCases { for cell in 0..<h { column(region, gate.column(ofCell: cell), rows: inputs) } }
    }
    switch kind {
    case .embedding:
      guard let region = layout.embedding else { return }
      for index in 0..<shape[0] { row(region, index) }
    case .inputWeights(let layer): gates(layout.layers[layer].inputWeights, inputs: shape[1])
    case .recurrentWeights(let layer): gates(layout.layers[layer].recurrentWeights, inputs: h)
    case .inputBias(let layer): gates(layout.layers[layer].bias, inputs: 1)
    case .recurrentBias: break
    case .decoderWeights: for index in 0..<shape[0] { column(layout.decoderWeights, index, rows: h) }
    case .decoderBias: row(layout.decoderBias, 0)
    }
  }
}

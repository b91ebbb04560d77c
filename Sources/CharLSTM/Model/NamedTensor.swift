import Tensors

/// A parameter as the rest of the world knows it: PyTorch's name and shape for `nn.Embedding`, `nn.LSTM` and `nn.Linear`.
public struct NamedTensor: Sendable, Equatable {
  /// Which parameter it is; layers count from 0. X is the size of a layer's input.
  public enum Kind: Sendable, Equatable {
    /// `[V, D]`: the vector that stands for each character; with one-hot input there is none.
    case embedding
    /// W, `[4H, X]`: from a layer's input to its gates.
    case inputWeights(layer: Int)
    /// U, `[4H, H]`: from a layer's hidden state to its gates one step later.
    case recurrentWeights(layer: Int)
    /// b, `[4H]`: the whole bias of a layer's gates.
    case inputBias(layer: Int)
    /// PyTorch adds a second bias; ours is zero and exists in files only. Read from a file it is added to the first.
    case recurrentBias(layer: Int)
    /// `[V, H]`: from the last layer's hidden state to the logits.
    case decoderWeights
    /// `[V]`: what the logits are where the hidden state is zero.
    case decoderBias

    var isStored: Bool {
      if case .recurrentBias = self { return false }
      return true
    }
  }

  /// Which parameter of the network it is.
  public let kind: Kind
  /// PyTorch's name after its module's, such as `lstm.weight_ih_l0`.
  public let name: String
  /// Row-major; gates along the first dimension in the order i, f, g, o.
  public let shape: [Int]

  /// Numbers in it, the product of the shape.
  public var count: Int { shape.reduce(1, *) }

  /// A parameter, and not only there for PyTorch's sake.
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

  /// Where the tensor's elements stand in the parameters' block, in row-major order and in runs: the first index of a run,
  /// the distance from one to the next, and how many there are.
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

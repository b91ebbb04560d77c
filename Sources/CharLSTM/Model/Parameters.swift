import Tensors

/// The trained numbers of a network: a value, shared until it is changed.
public struct Parameters: Sendable, Equatable {
  /// Where in `values` each parameter lies.
  public let layout: ParameterLayout
  /// All parameters in one block. What pads it is zero and has to stay zero.
  public var values: AlignedFloats

  /// Zeros, to be filled.
  public init(zeros layout: ParameterLayout) {
    self.layout = layout
    values = AlignedFloats(zeros: layout.count)
  }

  /// How far the gates of a fresh network differ from character to character, as the standard deviation of what the first layer
  /// adds up for one. The usual widths of 1/√H leave it near 0.1, and the network then spends its first hundreds of updates on
  /// hearing what it reads.
  static let inputDeviation: Float = 2.4

  /// Fresh weights. All are uniform about 0: embeddings within 1; the first layer's input weights within the width that gives
  /// its gates a standard deviation of 2.4 (7.2/√D, or 4.2 for one-hot); those of the layers above within 3/√H; all others
  /// within 1/√H. Biases are 0 but for the forget gates', which are 1 (Gers, Schmidhuber & Cummins 2000; Jozefowicz, Zaremba &
  /// Sutskever 2015).
  public init(_ configuration: ModelConfiguration, generator: inout SeededGenerator) {
    self.init(zeros: ParameterLayout(configuration))
    let reach = 1 / Float(configuration.hiddenSize).squareRoot()
    for tensor in NamedTensor.all(of: configuration) {
      switch tensor.kind {
      case .embedding: fill(tensor, within: 1, &generator)
      case .inputWeights(let layer):
        let size = Float(configuration.embeddingSize)
        // a number uniform within 1 has a variance of 1/3
        let width = Self.inputDeviation * (size > 0 ? 3 / size.squareRoot() : Float(3).squareRoot())
        fill(tensor, within: layer == 0 ? width : 3 * reach, &generator)
      case .recurrentWeights, .decoderWeights: fill(tensor, within: reach, &generator)
      case .inputBias(let layer):
        for cell in 0..<configuration.hiddenSize {
          let region = layout.layers[layer].bias
          values[region.index(row: 0, column: Gate.forget.column(ofCell: cell))] = 1
        }
      case .recurrentBias, .decoderBias: break
      }
    }
  }

  /// In the tensor's own row-major order, so that fresh weights do not depend on how they are stored.
  private mutating func fill(_ tensor: NamedTensor, within reach: Float, _ generator: inout SeededGenerator) {
    let numbers = (0..<tensor.count).map { _ in (2 * Float(generator.uniform()) - 1) * reach }
    self[tensor] = numbers
  }

  /// A tensor in PyTorch's layout: row-major, `tensor.shape`.
  public subscript(tensor: NamedTensor) -> [Float] {
    get {
      guard tensor.kind.isStored else { return [Float](repeating: 0, count: tensor.count) }
      return values.withView { view in
        var numbers = [Float]()
        numbers.reserveCapacity(tensor.count)
        tensor.forEachRun(in: layout) { first, stride, count in
          for k in 0..<count { numbers.append(view[first + k * stride]) }
        }
        return numbers
      }
    }
    set {
      precondition(newValue.count == tensor.count, "\(newValue.count) numbers for \(tensor.name) \(tensor.shape)")
      guard tensor.kind.isStored else { return }
      values.withMutableView { view in
        var next = 0
        tensor.forEachRun(in: layout) { first, stride, count in
          for k in 0..<count { view[first + k * stride] = newValue[next + k] }
          next += count
        }
      }
    }
  }
}

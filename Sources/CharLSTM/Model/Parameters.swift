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

  /// Size of the fresh recurrent weights: half as long as the state that goes in is what a gate adds up.
  static let recurrentGain: Float = 0.5

  /// Fresh weights: uniform in ±1/√H, the recurrent ones of each gate a random orthogonal matrix times 0.5 instead (Saxe,
  /// McClelland & Ganguli 2014), embeddings uniform in ±1, biases 0 but for the forget gates', which are 1 (Gers, Schmidhuber &
  /// Cummins 2000; Jozefowicz, Zaremba & Sutskever 2015).
  public init(_ configuration: ModelConfiguration, generator: inout SeededGenerator) {
    self.init(zeros: ParameterLayout(configuration))
    let reach = 1 / Float(configuration.hiddenSize).squareRoot()
    for tensor in NamedTensor.all(of: configuration) {
      switch tensor.kind {
      case .embedding: fill(tensor, within: 1, &generator)
      case .recurrentWeights:
        self[tensor] = Gate.allCases.flatMap { _ in
          OrthogonalMatrix.random(size: configuration.hiddenSize, generator: &generator).map { $0 * Self.recurrentGain }
        }
      case .inputWeights, .decoderWeights: fill(tensor, within: reach, &generator)
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

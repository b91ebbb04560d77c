import Tensors

/// The trained weights of a network. They are a value: copies share their memory until one of them is changed.
public struct Parameters: Sendable, Equatable {
  /// The place of each parameter in `values`.
  public let layout: ParameterLayout
  /// All parameters in one block. The padding is zero and must stay zero.
  public var values: AlignedFloats

  /// Makes parameters that are all zero.
  public init(zeros layout: ParameterLayout) {
    self.layout = layout
    values = AlignedFloats(zeros: layout.count)
  }

  /// Standard deviation of the first layer's input to a gate in a fresh network. With the usual 1/√H it is about 0.1,
  /// and the first hundreds of updates are spent on raising it.
  static let inputDeviation: Float = 2.4

  /// Makes fresh weights. They are uniform around 0, within these limits:
  ///
  /// - 1 for E.
  /// - 7.2/√D for W of the first layer, or 4.2 for one-hot input. The character's part of a gate's pre-activation
  ///   then has a standard deviation of 2.4.
  /// - 3/√H for W of the layers above.
  /// - 1/√H for U and W'.
  ///
  /// Biases are 0, except those of the forget gates, which are 1 (Gers, Schmidhuber & Cummins 2000; Jozefowicz,
  /// Zaremba & Sutskever 2015).
  public init(_ configuration: ModelConfiguration, generator: inout SeededGenerator) {
    self.init(zeros: ParameterLayout(configuration))
    let reach = 1 / Float(configuration.hiddenSize).squareRoot()
    for tensor in NamedTensor.all(of: configuration) {
      switch tensor.kind {
      case .embedding: fill(tensor, within: 1, &generator)
      case .inputWeights(let layer):
        let size = Float(configuration.embeddingSize)
        // a number drawn uniformly from -1...1 has a variance of 1/3
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

  /// Draws a tensor's elements in its own row-major order. So fresh weights do not depend on how they are stored.
  private mutating func fill(_ tensor: NamedTensor, within reach: Float, _ generator: inout SeededGenerator) {
    let numbers = (0..<tensor.count).map { _ in (2 * Float(generator.uniform()) - 1) * reach }
    self[tensor] = numbers
  }

  /// The elements of a tensor in PyTorch's layout: row-major, with the shape `tensor.shape`.
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

import CKernels

/// The constants of one update of the weights.
public struct UpdateRule: Sendable {
  /// The learning rate, including any bias correction.
  public var rate: Float
  /// The factor that multiplies the gradients first. Clipping uses it.
  public var gradientScale: Float
  /// The decay of the first moment (Adam), or the momentum (SGD). RMSprop ignores it.
  public var beta1: Float
  /// The decay of the second moment (Adam, RMSprop). SGD ignores it.
  public var beta2: Float
  /// The constant ε (Adam, RMSprop). A step is divided by the square root of the second moment plus ε.
  public var epsilon: Float
  /// The decoupled weight decay (Loshchilov & Hutter 2019): each update subtracts `decay` times the weight.
  public var decay: Float

  /// Makes the constants of one update. A rule ignores those that it does not need.
  public init(
    rate: Float, gradientScale: Float, beta1: Float = 0, beta2: Float = 0, epsilon: Float = 0, decay: Float = 0
  ) {
    self.rate = rate
    self.gradientScale = gradientScale
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.decay = decay
  }

  var arguments: bard_optimizer {
    bard_optimizer(rate: rate, scale: gradientScale, beta1: beta1, beta2: beta2, epsilon: epsilon, decay: decay)
  }
}

extension Kernels {
  /// Computes Σ x² over a range. The size of the range is a multiple of 16.
  public func sumOfSquares(_ x: FloatsView, range: Range<Int>) -> Double {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= x.count && range.count % PanelRegion.columnGroup == 0,
      "range \(range) of \(x.count)")
    return table.sum_of_squares(x.floats.baseAddress.map { $0 + range.lowerBound }, Int64(range.count))
  }

  /// Computes Σ x² block by block on several threads. The sums of the blocks are added in ascending order. So the
  /// result depends on `block`, but not on `threads`.
  ///
  /// `sums` is scratch memory for one number per block. It grows if it is too small.
  public func sumOfSquares(_ x: FloatsView, block: Int, sums: inout [Double], threads: Int) -> Double {
    let blocks = (x.count + block - 1) / block
    while sums.count < blocks { sums.append(0) }
    sums.withUnsafeMutableBufferPointer { sums in
      parallel(parts: blocks, threads: threads, BlockSums(kernels: self, x: x, block: block, sums: sums))
    }
    var total = 0.0
    for index in 0..<blocks { total += sums[index] }
    return total
  }

  private struct BlockSums: ParallelWork {
    let kernels: Kernels
    let x: FloatsView
    let block: Int
    let sums: UnsafeMutableBufferPointer<Double>

    func run(part: Int) {
      sums[part] = kernels.sumOfSquares(x, range: part * block..<min(x.count, (part + 1) * block))
    }
  }

  /// Updates weights by Adam (Kingma & Ba 2015, in the form at the end of their section 2). m and v are the first
  /// and the second moment, and g is the gradient times `gradientScale`:
  ///
  ///     m = β₁ m + (1 - β₁) g     v = β₂ v + (1 - β₂) g²     w = (1 - decay) w - rate · m / (√v + ε)
  public func adam(
    _ w: MutableFloatsView, gradient: FloatsView, m: MutableFloatsView, v: MutableFloatsView, range: Range<Int>,
    rule: UpdateRule
  ) {
    check(w, gradient, m, range)
    check(w, gradient, v, range)
    table.adam(
      w.at(range), gradient.at(range), m.at(range), v.at(range), Int64(range.count), rule.arguments)
  }

  /// Updates weights by stochastic gradient descent with momentum. g is the gradient times `gradientScale`:
  ///
  ///     m = β₁ m + g     w = (1 - decay) w - rate · m
  public func momentum(
    _ w: MutableFloatsView, gradient: FloatsView, m: MutableFloatsView, range: Range<Int>, rule: UpdateRule
  ) {
    check(w, gradient, m, range)
    table.momentum(w.at(range), gradient.at(range), m.at(range), Int64(range.count), rule.arguments)
  }

  /// Updates weights by RMSprop (Tieleman & Hinton 2012). g is the gradient times `gradientScale`:
  ///
  ///     v = β₂ v + (1 - β₂) g²     w = (1 - decay) w - rate · g / (√v + ε)
  public func rmsprop(
    _ w: MutableFloatsView, gradient: FloatsView, v: MutableFloatsView, range: Range<Int>, rule: UpdateRule
  ) {
    check(w, gradient, v, range)
    table.rmsprop(w.at(range), gradient.at(range), v.at(range), Int64(range.count), rule.arguments)
  }

  /// Updates an average: average += (1 - decay) (w - average). The size of the range is a multiple of 16.
  public func average(_ average: MutableFloatsView, _ w: FloatsView, range: Range<Int>, decay: Float) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= min(average.count, w.count)
        && range.count % PanelRegion.columnGroup == 0,
      "range \(range) of \(average.count) averages, \(w.count) weights")
    table.average(average.at(range), w.at(range), Int64(range.count), decay)
  }

  /// Updates weights: w += returns (origin - w) - rates · g. The size of the range is a multiple of 16.
  ///
  /// This is a gradient step in which every weight has its own rate. It also moves each weight part of the way back
  /// to its origin.
  public func adapt(
    _ w: MutableFloatsView, gradient: FloatsView, origin: FloatsView, rates: FloatsView, returns: FloatsView,
    range: Range<Int>
  ) {
    let count = min(w.count, gradient.count, origin.count, rates.count, returns.count)
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count && range.count % PanelRegion.columnGroup == 0,
      "range \(range) of \(w.count) weights, \(gradient.count) gradients, \(origin.count) origins, \(rates.count) rates"
    )
    table.adapt(
      w.at(range), gradient.at(range), origin.at(range), rates.at(range), returns.at(range), Int64(range.count))
  }

  private func check(_ w: MutableFloatsView, _ gradient: FloatsView, _ moment: MutableFloatsView, _ range: Range<Int>) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= min(w.count, gradient.count, moment.count)
        && range.count % PanelRegion.columnGroup == 0,
      "range \(range) of \(w.count) weights, \(gradient.count) gradients, \(moment.count) moments")
  }
}

extension FloatsView {
  func at(_ range: Range<Int>) -> UnsafePointer<Float>? { floats.baseAddress.map { $0 + range.lowerBound } }
}

extension MutableFloatsView {
  func at(_ range: Range<Int>) -> UnsafeMutablePointer<Float>? { floats.baseAddress.map { $0 + range.lowerBound } }
}

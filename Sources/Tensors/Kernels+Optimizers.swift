import CKernels

/// The constants of one update of the weights.
public struct UpdateRule: Sendable {
  /// Learning rate, including any bias correction.
  public var rate: Float
  /// Gradients are multiplied by this first; this is how clipping is done.
  public var gradientScale: Float
  /// Decay of the first moment (Adam), or the momentum (SGD); RMSprop does not read it.
  public var beta1: Float
  /// Decay of the second moment (Adam, RMSprop).
  public var beta2: Float
  /// Added to the square root of the second moment, which a step is divided by (Adam, RMSprop).
  public var epsilon: Float
  /// Decoupled weight decay (Loshchilov & Hutter 2019): each update subtracts `decay` times the weight.
  public var decay: Float

  /// The constants of one update. A rule ignores those that it does not need.
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
  /// Σ x² over a range of multiples of 16.
  public func sumOfSquares(_ x: FloatsView, range: Range<Int>) -> Double {
    precondition(
      range.upperBound <= x.count && range.count % PanelRegion.columnGroup == 0, "range \(range) of \(x.count)")
    return table.sum_of_squares(x.floats.baseAddress.map { $0 + range.lowerBound }, Int64(range.count))
  }

  /// Σ x², computed block by block on several threads. The sums of the blocks are added in ascending order.
  ///
  /// `sums` is scratch memory with one number for each block; it grows if it is too small.
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

  /// Adam (Kingma & Ba 2015, the form at the end of their section 2): m and v are the first and second moments.
  public func adam(
    _ w: MutableFloatsView, gradient: FloatsView, m: MutableFloatsView, v: MutableFloatsView, range: Range<Int>,
    rule: UpdateRule
  ) {
    check(w, gradient, m, range)
    check(w, gradient, v, range)
    table.adam(
      w.at(range), gradient.at(range), m.at(range), v.at(range), Int64(range.count), rule.arguments)
  }

  /// Stochastic gradient descent with momentum: m = β₁ m + g, w = w - rate · m.
  public func momentum(
    _ w: MutableFloatsView, gradient: FloatsView, m: MutableFloatsView, range: Range<Int>, rule: UpdateRule
  ) {
    check(w, gradient, m, range)
    table.momentum(w.at(range), gradient.at(range), m.at(range), Int64(range.count), rule.arguments)
  }

  /// RMSprop (Tieleman & Hinton 2012): v = β₂ v + (1 - β₂) g², w = w - rate · g / (√v + ε).
  public func rmsprop(
    _ w: MutableFloatsView, gradient: FloatsView, v: MutableFloatsView, range: Range<Int>, rule: UpdateRule
  ) {
    check(w, gradient, v, range)
    table.rmsprop(w.at(range), gradient.at(range), v.at(range), Int64(range.count), rule.arguments)
  }

  /// average += (1 - decay) (w - average), over a range of multiples of 16.
  public func average(_ average: MutableFloatsView, _ w: FloatsView, range: Range<Int>, decay: Float) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= min(average.count, w.count)
        && range.count % PanelRegion.columnGroup == 0,
      "range \(range) of \(average.count) averages, \(w.count) weights")
    table.average(average.at(range), w.at(range), Int64(range.count), decay)
  }

  /// w += returns (origin - w) - rates · g, over a range of multiples of 16: a gradient step in which every weight has
  /// its own rate and also moves part of the way back to where it began.
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

/// An elementwise operation on a block of numbers. Any thread can work on any range of the numbers.
///
/// `Processor.run(_:over:)` runs an operation. The first arguments of each case are the floats that it changes.
public enum ElementwiseOperation {
  /// Updates w, m and v by the gradient: Adam (Kingma & Ba 2015). m and v are the first and the second moment.
  case adam(w: MutableFloatsView, m: MutableFloatsView, v: MutableFloatsView, gradient: FloatsView, UpdateRule)
  /// Updates w and m by the gradient: stochastic gradient descent with momentum.
  case momentum(w: MutableFloatsView, m: MutableFloatsView, gradient: FloatsView, UpdateRule)
  /// Updates w and v by the gradient: RMSprop (Tieleman & Hinton 2012).
  case rmsprop(w: MutableFloatsView, v: MutableFloatsView, gradient: FloatsView, UpdateRule)
  /// average += (1 - decay) (w - average).
  case average(MutableFloatsView, of: FloatsView, decay: Float)
  /// w += returns (origin - w) - rates · gradient.
  case adapt(
    w: MutableFloatsView, gradient: FloatsView, origin: FloatsView, rates: FloatsView, returns: FloatsView)
  /// Inverted dropout of single numbers. The dropout mask begins at the start of the range.
  case dropout(into: MutableFloatsView, of: FloatsView, key: UInt64, rate: Float)
  /// Copies the numbers.
  case copy(into: MutableFloatsView, from: FloatsView)
}

extension Processor {
  /// The number of floats in one part of the work. With the operands of Adam, a part fits in the second-level cache.
  private static let block = 1 << 14

  private func blocks(_ count: Int) -> Int { (count + Self.block - 1) / Self.block }

  /// Runs `operation` on the floats in `range`, whose size is a multiple of 16. Allocates nothing.
  public func run(_ operation: ElementwiseOperation, over range: Range<Int>) {
    run(parts: blocks(range.count), ElementwiseWork(operation: operation, range: range, kernels: kernels))
  }

  /// Computes the sum of squares of all floats, Σ x². One thread sums each block. The sums of the blocks are then
  /// added in ascending order.
  ///
  /// `sums` is scratch memory. It grows if it is too small for one number per block.
  public func sumOfSquares(_ x: FloatsView, sums: inout [Double]) -> Double {
    kernels.sumOfSquares(x, block: Self.block, sums: &sums, threads: threads)
  }

  private struct ElementwiseWork: ParallelWork {
    let operation: ElementwiseOperation
    let range: Range<Int>
    let kernels: Kernels

    func run(part: Int) {
      let start = range.lowerBound + part * block
      let range = start..<min(self.range.upperBound, start + block)
      switch operation {
      case .adam(let w, let m, let v, let gradient, let rule):
        kernels.adam(w, gradient: gradient, m: m, v: v, range: range, rule: rule)
      case .momentum(let w, let m, let gradient, let rule):
        kernels.momentum(w, gradient: gradient, m: m, range: range, rule: rule)
      case .rmsprop(let w, let v, let gradient, let rule):
        kernels.rmsprop(w, gradient: gradient, v: v, range: range, rule: rule)
      case .average(let average, let w, let decay): kernels.average(average, w, range: range, decay: decay)
      case .adapt(let w, let gradient, let origin, let rates, let returns):
        kernels.adapt(w, gradient: gradient, origin: origin, rates: rates, returns: returns, range: range)
      case .dropout(let into, let from, let key, let rate):
        kernels.dropout(
          into: into, from, range: range, origin: self.range.lowerBound, key: key, rate: rate)
      case .copy(let into, let from): into.copy(range, from: from)
      }
    }
  }
}

/// An operation that changes each number of a block without looking at its neighbours, so that any range of them can be done
/// by any thread. `Processor.run(_:over:)` does it.
///
/// Every operation says first what it changes.
public enum ElementwiseOperation {
  /// w, m and v by their gradient: Adam (Kingma & Ba 2015); m and v are the first and second moment.
  case adam(w: MutableFloatsView, m: MutableFloatsView, v: MutableFloatsView, gradient: FloatsView, UpdateRule)
  /// w and m by their gradient: stochastic gradient descent with momentum.
  case momentum(w: MutableFloatsView, m: MutableFloatsView, gradient: FloatsView, UpdateRule)
  /// w and v by their gradient: RMSprop (Tieleman & Hinton 2012).
  case rmsprop(w: MutableFloatsView, v: MutableFloatsView, gradient: FloatsView, UpdateRule)
  /// average += (1 - decay) (w - average).
  case average(MutableFloatsView, of: FloatsView, decay: Float)
  /// w += returns (origin - w) - rates · gradient.
  case adapt(
    w: MutableFloatsView, gradient: FloatsView, origin: FloatsView, rates: FloatsView, returns: FloatsView)
  /// Inverted dropout of single numbers; the mask begins with the range.
  case dropout(into: MutableFloatsView, of: FloatsView, key: UInt64, rate: Float)
  /// The same numbers as in the source.
  case copy(into: MutableFloatsView, from: FloatsView)
}

extension Processor {
  /// Floats that one part of the work takes: with the operands of Adam they stay in the second-level cache.
  private static let block = 1 << 14

  private func blocks(_ count: Int) -> Int { (count + Self.block - 1) / Self.block }

  /// Does `operation` on the floats of `range`, a multiple of 16. Allocates nothing.
  public func run(_ operation: ElementwiseOperation, over range: Range<Int>) {
    run(parts: blocks(range.count), ElementwiseWork(operation: operation, range: range, kernels: kernels))
  }

  /// Σ x² of all floats: blocks are summed by any thread, and their sums are added in ascending order.
  ///
  /// `sums` is scratch memory, made larger where it is too small for one number a block.
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

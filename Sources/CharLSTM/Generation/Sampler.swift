import Tensors

/// Draws characters from logits. It has its own scratch memory, so drawing allocates nothing.
public struct Sampler: Sendable {
  /// The temperature and the filters of the next draw. `TextOutput` handles the stop strings.
  public var parameters: SamplingParameters
  /// The id that is never drawn, usually that of the unknown symbol.
  public let excluded: Int32?

  private let kernels: Kernels
  /// A number proportional to each character's probability; 0 if it is filtered out.
  private var weights: [Float]
  /// A heap of ids, the likeliest at the top.
  private var heap: [Int32] = []

  /// Lower temperatures would choose the likeliest character just as surely.
  private static let lowestTemperature: Float = 1e-30

  /// Makes a sampler for a vocabulary of V characters.
  ///
  /// - Parameters:
  ///   - parameters: The temperature and the filters, which must be valid (`SamplingParameters.validate()`).
  ///   - vocabularySize: V, the length of all logits.
  ///   - excluded: An id that is never drawn; nil for none.
  ///   - kernels: The implementation of the exponential function. The draws do not depend on it.
  public init(
    _ parameters: SamplingParameters, vocabularySize: Int, excluding excluded: Int32? = nil,
    kernels: Kernels = Kernels()
  ) {
    self.parameters = parameters
    self.excluded = excluded
    self.kernels = kernels
    weights = [Float](repeating: 0, count: vocabularySize)
    heap.reserveCapacity(vocabularySize)
  }

  /// Draws an id from logits `[V]`. It takes one uniform number from the generator, or none at temperature 0.
  public mutating func draw(_ logits: [Float], using generator: inout SeededGenerator) -> Int32 {
    if parameters.temperature == 0 { return likeliest(logits) }
    weigh(logits)
    var rest = generator.uniform() * total
    var last: Int32 = 0
    for id in weights.indices where weights[id] > 0 {
      last = Int32(id)
      rest -= Double(weights[id])
      if rest < 0 { break }
    }
    return last
  }

  /// The distribution that `draw` uses, `[V]`: the probabilities after temperature and filters.
  public mutating func distribution(_ logits: [Float]) -> [Double] {
    if parameters.temperature == 0 {
      let choice = Int(likeliest(logits))
      return logits.indices.map { $0 == choice ? 1 : 0 }
    }
    weigh(logits)
    let total = total
    return weights.map { Double($0) / total }
  }

  /// The id with the highest logit; of several, the lowest.
  private func likeliest(_ logits: [Float]) -> Int32 {
    // if there is no other id, the excluded one is used
    var best: Int32 = excluded == 0 && logits.count > 1 ? 1 : 0
    for id in logits.indices where logits[id] > logits[Int(best)] && Int32(id) != excluded { best = Int32(id) }
    return best
  }

  private var total: Double { weights.reduce(0) { $0 + Double($1) } }

  private mutating func weigh(_ logits: [Float]) {
    precondition(logits.count == weights.count, "\(logits.count) logits for \(weights.count) characters")
    kernels.exponentials(
      of: logits, largest: logits[Int(likeliest(logits))],
      temperature: max(Self.lowestTemperature, Float(parameters.temperature)), into: &weights)
    if let excluded { weights[Int(excluded)] = 0 }
    if parameters.topK > 0 && parameters.topK < weights.count { keepLikeliest(parameters.topK) }
    if parameters.topP < 1 { keepNucleus() }
    if parameters.minP > 0 { keepComparable() }
  }

  private mutating func keepLikeliest(_ count: Int) {
    fillHeap()
    for _ in 0..<count { _ = removeTop() }
    for id in heap { weights[Int(id)] = 0 }
  }

  private mutating func keepNucleus() {
    fillHeap()
    let line = parameters.topP * total
    // the character that crosses the line is kept, so at least one is always kept
    var reached = 0.0
    while reached < line && !heap.isEmpty { reached += Double(weights[Int(removeTop())]) }
    for id in heap { weights[Int(id)] = 0 }
  }

  private mutating func keepComparable() {
    let line = Float(parameters.minP) * (weights.max() ?? 0)
    for id in weights.indices where weights[id] < line { weights[id] = 0 }
  }

  // MARK: The heap

  // A filter usually keeps a few characters, and a heap finds them faster than a sort of all V. Swift's sort also
  // allocates memory.

  private mutating func fillHeap() {
    heap.removeAll(keepingCapacity: true)
    for id in weights.indices { heap.append(Int32(id)) }
    for node in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(node) }
  }

  private mutating func removeTop() -> Int32 {
    heap.swapAt(0, heap.count - 1)
    let top = heap.removeLast()
    sink(0)
    return top
  }

  /// Moves an id down until no id below it is likelier.
  private mutating func sink(_ start: Int) {
    var node = start
    while 2 * node + 1 < heap.count {
      var child = 2 * node + 1
      if child + 1 < heap.count && isLikelier(heap[child + 1], heap[child]) { child += 1 }
      guard isLikelier(heap[child], heap[node]) else { return }
      heap.swapAt(child, node)
      node = child
    }
  }

  /// Of equally likely ids the lower one comes first, so that the filters have only one possible result.
  private func isLikelier(_ a: Int32, _ b: Int32) -> Bool {
    let (p, q) = (weights[Int(a)], weights[Int(b)])
    return p > q || (p == q && a < b)
  }
}

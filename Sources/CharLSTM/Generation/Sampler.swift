#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Draws characters from logits. Holds its own scratch memory, so that drawing allocates nothing.
public struct Sampler: Sendable {
  public var parameters: SamplingParameters
  /// Never drawn: the unknown symbol.
  public let excluded: Int32?

  private var probabilities: [Double]
  private var order: [Int32] = []

  public init(_ parameters: SamplingParameters, vocabularySize: Int, excluding excluded: Int32? = nil) {
    self.parameters = parameters
    self.excluded = excluded
    probabilities = [Double](repeating: 0, count: vocabularySize)
  }

  /// Draws an id; one uniform number is taken from the generator, none where the choice is greedy.
  /// - Parameter logits: `[V]`.
  public mutating func draw(_ logits: [Float], using generator: inout SeededGenerator) -> Int32 {
    if parameters.temperature == 0 { return likeliest(logits) }
    distribute(logits)
    var rest = generator.uniform()
    var last: Int32 = 0
    for id in probabilities.indices where probabilities[id] > 0 {
      last = Int32(id)
      rest -= probabilities[id]
      if rest < 0 { break }
    }
    return last
  }

  /// The distribution that `draw` draws from, `[V]`: the logits after temperature and filters.
  public mutating func distribution(_ logits: [Float]) -> [Double] {
    if parameters.temperature == 0 {
      let choice = Int(likeliest(logits))
      return logits.indices.map { $0 == choice ? 1 : 0 }
    }
    distribute(logits)
    return probabilities
  }

  /// The lowest id of those with the highest logit.
  private func likeliest(_ logits: [Float]) -> Int32 {
    var best: Int32 = excluded == 0 ? 1 : 0
    for id in logits.indices where logits[id] > logits[Int(best)] && Int32(id) != excluded { best = Int32(id) }
    return best
  }

  private mutating func distribute(_ logits: [Float]) {
    precondition(logits.count == probabilities.count, "\(logits.count) logits for \(probabilities.count) characters")
    let largest = Double(logits[Int(likeliest(logits))])
    for id in logits.indices {
      probabilities[id] = Int32(id) == excluded ? 0 : exp((Double(logits[id]) - largest) / parameters.temperature)
    }
    normalize()
    if parameters.topK > 0 && parameters.topK < probabilities.count { keepLikeliest(parameters.topK) }
    if parameters.topP < 1 { keepNucleus() }
    if parameters.minP > 0 { keepComparable() }
  }

  private mutating func normalize() {
    let total = probabilities.reduce(0, +)
    for id in probabilities.indices { probabilities[id] /= total }
  }

  /// Likeliest first; equally likely ones by id, so that the filters have one answer.
  private mutating func sortOrder() {
    order.removeAll(keepingCapacity: true)
    for id in probabilities.indices { order.append(Int32(id)) }
    order.sort { a, b in
      let (p, q) = (probabilities[Int(a)], probabilities[Int(b)])
      return p > q || (p == q && a < b)
    }
  }

  private mutating func keepLikeliest(_ count: Int) {
    sortOrder()
    for id in order[count...] { probabilities[Int(id)] = 0 }
    normalize()
  }

  private mutating func keepNucleus() {
    sortOrder()
    var reached = 0.0
    for id in order {
      let probability = probabilities[Int(id)]
      // the character that crosses the line is still in, so that one always is
      if reached >= parameters.topP { probabilities[Int(id)] = 0 }
      reached += probability
    }
    normalize()
  }

  private mutating func keepComparable() {
    let line = parameters.minP * (probabilities.max() ?? 0)
    for id in probabilities.indices where probabilities[id] < line { probabilities[id] = 0 }
    normalize()
  }
}

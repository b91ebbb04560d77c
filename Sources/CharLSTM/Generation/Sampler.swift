import Tensors

/// Draws characters from logits. Holds its own scratch memory, so that drawing allocates nothing.
public struct Sampler: Sendable {
  /// Temperature and filters of the next draw; the stop strings are `TextOutput`'s concern.
  public var parameters: SamplingParameters
  /// Never drawn: the unknown symbol.
  public let excluded: Int32?

  private let kernels: Kernels
  /// What each character's probability is proportional to; 0: it is filtered out.
  private var weights: [Float]
  private var order: [Int32] = []

  /// Temperatures below take the likeliest character just as surely.
  private static let lowestTemperature: Float = 1e-30

  /// Makes room for the weights of V characters.
  ///
  /// - Parameters:
  ///   - parameters: temperature and filters; valid (`SamplingParameters.validate()`).
  ///   - vocabularySize: V, the length of all logits to come.
  ///   - excluded: an id that is never drawn; nil for none.
  ///   - kernels: what exponentials are computed with; the draws do not depend on it.
  public init(
    _ parameters: SamplingParameters, vocabularySize: Int, excluding excluded: Int32? = nil,
    kernels: Kernels = Kernels()
  ) {
    self.parameters = parameters
    self.excluded = excluded
    self.kernels = kernels
    weights = [Float](repeating: 0, count: vocabularySize)
  }

  /// Draws an id from logits `[V]`; one uniform number is taken from the generator, none where the choice is greedy.
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

  /// The distribution that `draw` draws from, `[V]`: the logits after temperature and filters.
  public mutating func distribution(_ logits: [Float]) -> [Double] {
    if parameters.temperature == 0 {
      let choice = Int(likeliest(logits))
      return logits.indices.map { $0 == choice ? 1 : 0 }
    }
    weigh(logits)
    let total = total
    return weights.map { Double($0) / total }
  }

  /// The lowest id of those with the highest logit.
  private func likeliest(_ logits: [Float]) -> Int32 {
    // where there is nothing else, the excluded one has to do
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

  /// Likeliest first; equally likely ones by id, so that the filters have one answer.
  private mutating func sortOrder() {
    order.removeAll(keepingCapacity: true)
    for id in weights.indices { order.append(Int32(id)) }
    order.sort { a, b in
      let (p, q) = (weights[Int(a)], weights[Int(b)])
      return p > q || (p == q && a < b)
    }
  }

  private mutating func keepLikeliest(_ count: Int) {
    sortOrder()
    for id in order[count...] { weights[Int(id)] = 0 }
  }

  private mutating func keepNucleus() {
    sortOrder()
    let line = parameters.topP * total
    var reached = 0.0
    for id in order {
      let weight = Double(weights[Int(id)])
      // the character that crosses the line is still in, so that one always is
      if reached >= line { weights[Int(id)] = 0 }
      reached += weight
    }
  }

  private mutating func keepComparable() {
    let line = Float(parameters.minP) * (weights.max() ?? 0)
    for id in weights.indices where weights[id] < line { weights[id] = 0 }
  }
}

/// The mean of the last `capacity` numbers.
struct RecentMean: Sendable {
  let capacity: Int
  private var values: [Double] = []
  private var next = 0

  init(capacity: Int) { self.capacity = capacity }

  var count: Int { values.count }
  var mean: Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }

  mutating func add(_ value: Double) {
    if values.count < capacity { values.append(value) } else { values[next] = value }
    next = (next + 1) % capacity
  }

  mutating func clear() {
    values.removeAll(keepingCapacity: true)
    next = 0
  }
}

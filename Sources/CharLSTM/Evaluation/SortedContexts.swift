import Tensors

/// The positions of a text, sorted by the symbols that precede them, from right to left.
///
/// All positions after the same context are next to each other, for every context length up to `length`.
struct SortedContexts {
  /// The symbols of the text.
  private let text: [Int32]
  private let positions: [Int32]
  /// The number of preceding symbols that position j shares with position j - 1 in sorted order, up to `length`.
  private let common: [Int8]
  private let length: Int
  private let vocabularySize: Int

  /// Sorts the positions of a text.
  /// - Parameter length: The length of the longest context, at most 100.
  /// - Complexity: `length` passes over the text, and 13 bytes for each of its symbols.
  init(_ symbols: [Int32], vocabularySize: Int, length: Int) {
    text = symbols
    self.length = length
    self.vocabularySize = vocabularySize
    // radix sort, least significant key first: from the farthest symbol to the one just before the position
    var sorted = (0..<Int32(symbols.count)).map { $0 }
    var scratch = sorted
    var starts = [Int](repeating: 0, count: vocabularySize + 2)
    for distance in stride(from: length, to: 0, by: -1) {
      for index in starts.indices { starts[index] = 0 }
      for position in sorted { starts[Self.key(symbols, Int(position) - distance) + 1] += 1 }
      for index in 1..<starts.count { starts[index] += starts[index - 1] }
      for position in sorted {
        let key = Self.key(symbols, Int(position) - distance)
        scratch[starts[key]] = position
        starts[key] += 1
      }
      swap(&sorted, &scratch)
    }
    positions = sorted
    var common = [Int8](repeating: 0, count: sorted.count)
    for index in sorted.indices.dropFirst() {
      let (a, b) = (Int(sorted[index - 1]), Int(sorted[index]))
      var shared = 0
      while shared < length && Self.key(symbols, a - shared - 1) == Self.key(symbols, b - shared - 1) { shared += 1 }
      common[index] = Int8(shared)
    }
    self.common = common
  }

  /// The sort key of a symbol: 0 before the beginning of the text.
  private static func key(_ symbols: [Int32], _ position: Int) -> Int {
    position < 0 ? 0 : Int(symbols[position]) + 1
  }

  /// The contexts of `size` symbols.
  func level(_ size: Int) -> ContextLevel {
    var level = ContextLevel()
    var tally = Tally(vocabularySize: vocabularySize)
    var children: Int32 = 0
    for (index, position) in positions.enumerated() {
      if index == 0 || common[index] < size {
        if index > 0 { tally.finish(&level) }
        level.symbols.append(size == 0 ? -1 : Int32(Self.key(text, Int(position) - size) - 1))
        level.children.append(children)
      }
      if size < length && (index == 0 || common[index] < size + 1) { children += 1 }
      tally.add(text[Int(position)], child: children)
    }
    if !positions.isEmpty { tally.finish(&level) }
    level.children.append(children)
    level.firstEntries.append(Int32(level.entries.count))
    level.countDiscounts = Discounts(counts: tally.countsOfCounts)
    level.continuationDiscounts = Discounts(counts: tally.countsOfContinuations)
    return level
  }

  /// The counts of the symbols that follow the current context.
  private struct Tally {
    var counts: [Int32]
    var continuations: [Int32]
    /// The child in which each symbol was last seen.
    var lastChild: [Int32]
    var seen: [Int32] = []
    /// The number of entries that occur once, twice, three and four times.
    var countsOfCounts = [0, 0, 0, 0]
    var countsOfContinuations = [0, 0, 0, 0]

    init(vocabularySize: Int) {
      counts = [Int32](repeating: 0, count: vocabularySize)
      continuations = counts
      lastChild = [Int32](repeating: -1, count: vocabularySize)
    }

    mutating func add(_ symbol: Int32, child: Int32) {
      let index = Int(symbol)
      if counts[index] == 0 { seen.append(symbol) }
      counts[index] += 1
      if lastChild[index] != child {
        lastChild[index] = child
        continuations[index] += 1
      }
    }

    mutating func finish(_ level: inout ContextLevel) {
      seen.sort()
      level.firstEntries.append(Int32(level.entries.count))
      var (counted, continued) = (ContextLevel.Sums(), ContextLevel.Sums())
      for symbol in seen {
        let index = Int(symbol)
        let (count, continuation) = (counts[index], continuations[index])
        level.entries.append(.init(symbol: symbol, count: count, continuations: continuation))
        counted.add(count)
        continued.add(continuation)
        if count <= 4 { countsOfCounts[Int(count) - 1] += 1 }
        if continuation <= 4 { countsOfContinuations[Int(continuation) - 1] += 1 }
        counts[index] = 0
        continuations[index] = 0
        lastChild[index] = -1
      }
      level.counted.append(counted)
      level.continued.append(continued)
      seen.removeAll(keepingCapacity: true)
    }
  }
}

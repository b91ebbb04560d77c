/// All contexts of one length that occur in a text, and the symbols that follow each. This is one level of a trie.
///
/// Node n is a context. Its entries are the symbols that follow it, in ascending order. Its children are nodes of the
/// next level: the contexts that are one symbol longer, to the left.
struct ContextLevel: Sendable {
  /// A symbol that follows a context, and its counts.
  struct Entry: Sendable {
    let symbol: Int32
    /// The number of occurrences in the text.
    let count: Int32
    /// The number of different symbols that precede the context and this symbol: the continuation count of Kneser & Ney
    /// 1995.
    let continuations: Int32
  }

  /// Sums over the entries of one context, either of their counts or of their continuation counts.
  struct Sums: Sendable {
    var total = 0.0
    /// The number of entries with a count of 1, of 2, and of 3 or more.
    var ones = 0.0
    var twos = 0.0
    var more = 0.0

    mutating func add(_ count: Int32) {
      total += Double(count)
      switch count {
      case 1: ones += 1
      case 2: twos += 1
      default: more += 1
      }
    }
  }

  /// The leftmost symbol of each context.
  var symbols: [Int32] = []
  /// The index of each node's first child in the next level, followed by the total number of children.
  var children: [Int32] = []
  /// The index of each node's first entry, followed by the total number of entries.
  var firstEntries: [Int32] = []
  var entries: [Entry] = []
  var counted: [Sums] = []
  var continued: [Sums] = []
  var countDiscounts = Discounts(counts: [0, 0, 0, 0])
  var continuationDiscounts = Discounts(counts: [0, 0, 0, 0])

  /// The child of `node` in the level `next` whose leftmost symbol is `symbol`.
  func child(of node: Int, symbol: Int32, in next: ContextLevel) -> Int? {
    let (first, end) = (Int(children[node]), Int(children[node + 1]))
    var (low, high) = (first, end)
    while low < high {
      let middle = (low + high) / 2
      if next.symbols[middle] < symbol { low = middle + 1 } else { high = middle }
    }
    return low < end && next.symbols[low] == symbol ? low : nil
  }

  func entry(of node: Int, symbol: Int32) -> Entry? {
    let end = Int(firstEntries[node + 1])
    var (low, high) = (Int(firstEntries[node]), end)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].symbol < symbol { low = middle + 1 } else { high = middle }
    }
    return low < end && entries[low].symbol == symbol ? entries[low] : nil
  }

  /// The probability of a symbol, interpolated with its probability after the shorter context (Chen & Goodman 1999,
  /// section 4.1.6).
  func probability(of symbol: Int32, after node: Int, continued isContinued: Bool, shorter: Double) -> Double {
    let sums = isContinued ? continued[node] : counted[node]
    guard sums.total > 0 else { return shorter }
    let discounts = isContinued ? continuationDiscounts : countDiscounts
    let count = entry(of: node, symbol: symbol).map { isContinued ? $0.continuations : $0.count } ?? 0
    let left = discounts.one * sums.ones + discounts.two * sums.twos + discounts.more * sums.more
    return (Double(count) - discounts[count] + left * shorter) / sums.total
  }
}

/// The three discounts of modified Kneser-Ney smoothing (Chen & Goodman 1999, equation 26).
struct Discounts: Sendable, Equatable {
  private(set) var one: Double
  private(set) var two: Double
  private(set) var more: Double

  /// Estimates the discounts.
  ///
  /// The estimate needs all four counts to be above zero. And each discount must be above zero, because otherwise no
  /// probability would be left for unseen symbols. If either fails, the text is too short or too regular to estimate
  /// from, and the discounts are 0.5, 1 and 1.5.
  /// - Parameter counts: The number of entries that occur once, twice, three and four times.
  init(counts: [Int]) {
    (one, two, more) = (0.5, 1, 1.5)
    guard counts.allSatisfy({ $0 > 0 }) else { return }
    let n = counts.map(Double.init)
    let y = n[0] / (n[0] + 2 * n[1])
    // each estimate is below the count that it is subtracted from
    let estimates = [1 - 2 * y * n[1] / n[0], 2 - 3 * y * n[2] / n[1], 3 - 4 * y * n[3] / n[2]]
    guard estimates.allSatisfy({ $0 > 0 }) else { return }
    (one, two, more) = (estimates[0], estimates[1], estimates[2])
  }

  subscript(count: Int32) -> Double {
    switch count {
    case ...0: 0
    case 1: one
    case 2: two
    default: more
    }
  }
}

import CharLSTM

/// How much of a text stands word for word in a corpus: at each place the longest match, and what follows from them.
///
/// Text and corpus are sorted as one (`SuffixArray`); the longest match at a place is with the corpus' nearest suffix before or
/// behind it in that order.
public struct CorpusMatches: Sendable {
  /// `[M]`, for each character of the text: how many from there on stand somewhere in the corpus as they stand here.
  public let lengths: [Int32]
  /// The longest passages that stand in the corpus, longest first.
  public let passages: [Passage]

  /// Compares a text with all its files at once.
  ///
  /// - Parameters:
  ///   - texts: the text, and what it is compared with.
  ///   - passages: how many are looked for.
  /// - Complexity: O(characters of text and corpus); some 12 bytes for each of them.
  public init(_ texts: ComparedTexts, passages: Int) {
    switch texts.symbols {
    case .bytes(let symbols): (lengths, self.passages) = Self.matches(texts, symbols, passages)
    case .words(let symbols): (lengths, self.passages) = Self.matches(texts, symbols, passages)
    case .longWords(let symbols): (lengths, self.passages) = Self.matches(texts, symbols, passages)
    }
  }

  private static func matches<Symbol: FixedWidthInteger & UnsignedInteger>(
    _ texts: ComparedTexts, _ symbols: [Symbol], _ passages: Int
  ) -> ([Int32], [Passage]) {
    let order = SuffixArray(symbols, alphabetSize: texts.entries.count)
    let lengths = Self.lengths(order, textStart: texts.textStart)
    let search = PassageSearch(texts: texts, order: order, lengths: lengths)
    return (lengths, search.longest(passages))
  }

  /// The longest common prefix of each suffix from `textStart` on with any suffix before.
  static func lengths<Symbol>(_ order: SuffixArray<Symbol>, textStart: Int) -> [Int32] {
    let count = order.text.count - textStart
    var lengths = [Int32](repeating: 0, count: count)
    var nearest = [Int32](repeating: -1, count: count)
    func extend() {
      // without its first character a match is still one, with a neighbour at least as near: it never begins from nothing
      var shared = 0
      for index in 0..<count {
        let neighbour = Int(nearest[index])
        if neighbour < 0 {
          shared = 0
          continue
        }
        let start = textStart &+ index
        // the separator before the text ends every match within the corpus
        while start &+ shared < order.text.count && order.text[neighbour &+ shared] == order.text[start &+ shared] {
          shared &+= 1
        }
        lengths[index] = max(lengths[index], Int32(truncatingIfNeeded: shared))
        shared = max(0, shared &- 1)
      }
    }
    var last: Int32 = -1
    for position in order.positions {
      if Int(position) < textStart { last = position } else { nearest[Int(position) &- textStart] = last }
    }
    extend()
    last = -1
    for position in order.positions.reversed() {
      if Int(position) < textStart { last = position } else { nearest[Int(position) &- textStart] = last }
    }
    extend()
    return lengths
  }
}

extension CorpusMatches {
  /// Sequences of n characters in the text, each as often as it occurs.
  public struct NGrams: Sendable, Equatable {
    /// Characters of each.
    public let n: Int
    /// M - n + 1: one begins at every character that has n - 1 behind it.
    public let count: Int
    /// Those that do not stand in the corpus.
    public let novel: Int
    /// Characters of the text that lie in a match of n characters or more.
    public let covered: Int
  }

  /// Lengths of n-grams that are looked at unless told otherwise.
  public static let sizes = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64]

  /// How many of the text's sequences of n characters are new, and how many of its characters lie in one that is not.
  ///
  /// - Returns: nil where the text is shorter than n.
  /// - Complexity: O(M).
  public func ngrams(_ n: Int) -> NGrams? {
    guard n > 0, n <= lengths.count else { return nil }
    var (known, covered, end) = (0, 0, 0)
    for (index, length) in lengths.enumerated() where Int(length) >= n {
      known += 1
      let own = index + Int(length)
      if own > end {
        covered += own - max(index, end)
        end = own
      }
    }
    let count = lengths.count - n + 1
    return NGrams(n: n, count: count, novel: count - known, covered: covered)
  }

  /// Characters of the longest match, 0 for a text without any.
  public var longest: Int { Int(lengths.max() ?? 0) }

  /// Characters of the longest match at a place, on the average over all places.
  public var mean: Double {
    lengths.isEmpty ? 0 : Double(lengths.reduce(0) { $0 + Int($1) }) / Double(lengths.count)
  }

  /// Half of the places have a longest match no shorter than this, and half one no longer.
  public var median: Double {
    guard !lengths.isEmpty else { return 0 }
    var counts = [Int](repeating: 0, count: longest + 1)
    for length in lengths { counts[Int(length)] += 1 }
    /// The `rank`-th smallest length, from 0.
    func length(_ rank: Int) -> Int {
      var below = 0
      return counts.firstIndex {
        below += $0
        return below > rank
      } ?? 0
    }
    return Double(length((lengths.count - 1) / 2) + length(lengths.count / 2)) / 2
  }
}

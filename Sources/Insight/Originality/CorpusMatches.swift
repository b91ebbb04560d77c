import CharLSTM

/// How much of a text appears word for word in a corpus: the longest match at each place, and statistics of the
/// matches.
///
/// Text and corpus are sorted together (`SuffixArray`). In that order, the longest match at a place is with the nearest
/// suffix of the corpus before it or the nearest one after it.
public struct CorpusMatches: Sendable {
  /// `[M]`, for each character of the text: the length of the longest passage from there on that appears in the corpus.
  public let lengths: [Int32]
  /// The longest passages that appear in the corpus, longest first.
  public let passages: [Passage]

  /// Compares a text with all files at once.
  ///
  /// - Parameters:
  ///   - texts: the text and the files.
  ///   - passages: the number of passages to find.
  /// - Complexity: O(characters of text and corpus); about 12 bytes of memory for each of them.
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

  /// For each suffix from `textStart` on, the length of its longest common prefix with any suffix before `textStart`.
  static func lengths<Symbol>(_ order: SuffixArray<Symbol>, textStart: Int) -> [Int32] {
    let count = order.text.count - textStart
    var lengths = [Int32](repeating: 0, count: count)
    var nearest = [Int32](repeating: -1, count: count)
    func extend() {
      // a match without its first character is still a match at the next place, and the neighbour there shares at least
      // as much; so the next comparison can start at the previous length minus 1
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
  /// The sequences of n characters in the text. A sequence that occurs several times counts each time.
  public struct NGrams: Sendable, Equatable {
    /// The length of each sequence in characters.
    public let n: Int
    /// The number of sequences, M - n + 1: one begins at every character with n - 1 characters after it.
    public let count: Int
    /// The number of sequences that do not appear in the corpus.
    public let novel: Int
    /// The number of characters of the text that lie in a match of n characters or more.
    public let covered: Int
  }

  /// The default lengths of n-grams.
  public static let sizes = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64]

  /// Counts the sequences of n characters that are not in the corpus, and the characters of the text that lie in a
  /// match of n or more characters.
  ///
  /// - Returns: nil if the text is shorter than n.
  /// - Complexity: O(M).
  public func ngrams(_ n: Int) -> NGrams? {
    guard n > 0, n <= lengths.count else { return nil }
    var (known, covered, end) = (0, 0, 0)
    for (index, length) in lengths.enumerated() where Int(length) >= n {
      known += 1
      let matchEnd = index + Int(length)
      if matchEnd > end {
        covered += matchEnd - max(index, end)
        end = matchEnd
      }
    }
    let count = lengths.count - n + 1
    return NGrams(n: n, count: count, novel: count - known, covered: covered)
  }

  /// The length of the longest match in characters; 0 for an empty text.
  public var longest: Int { Int(lengths.max() ?? 0) }

  /// The mean over all places of the length of the longest match, in characters.
  public var mean: Double {
    lengths.isEmpty ? 0 : Double(lengths.reduce(0) { $0 + Int($1) }) / Double(lengths.count)
  }

  /// The median of the lengths of the longest matches at all places.
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

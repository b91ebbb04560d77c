import CharLSTM

/// Sorts the suffixes of a text by inducing the order of most of them from a few (SA-IS; Nong, Zhang & Chan 2009).
///
/// A suffix is falling (type L in the paper) if it is larger than the suffix that begins one symbol later, and rising
/// (type S) if it is smaller. The end of the text counts as smaller than everything. A valley (LMS) is a rising suffix
/// right after a falling one. Once the valleys are sorted, one pass to the right places all falling suffixes, and one
/// pass to the left places all rising suffixes.
///
/// The valleys themselves are sorted by the symbols from each valley to the next. The same two passes do that. If some
/// of these segments are equal, each valley is replaced by the rank of its segment, and the suffixes of the text of
/// ranks are sorted in the same way. That text has at most half as many symbols.
struct InducedSorting<Symbol: FixedWidthInteger & UnsignedInteger> {
  private let text: [Symbol]
  /// For each symbol, where the suffixes that begin with it end in the sorted order.
  private let ends: [Int32]
  /// The places of the valleys, in the order of the text.
  private let valleys: [Int32]
  private var suffixes: [Int32] = []
  /// For each symbol, where the rising suffixes that begin with it start in the sorted order, once they are placed.
  private var risingStarts: [Int32] = []

  /// The places where the suffixes of a text begin, in ascending order of the suffixes.
  ///
  /// - Parameters:
  ///   - text: fewer than 2³¹ symbols.
  ///   - alphabetSize: a number larger than every symbol.
  /// - Complexity: O(n + alphabet); at the peak about 9 bytes of memory a symbol, besides the text.
  static func suffixes(of text: [Symbol], alphabetSize: Int) -> [Int32] {
    precondition(text.count <= Int(Int32.max), "\(text.count) symbols")
    guard text.count > 1 else { return text.isEmpty ? [] : [0] }
    var sorting = InducedSorting(text, alphabetSize: alphabetSize)
    sorting.place(sorting.valleys)
    sorting.induce()
    let sorted = sorting.sortedValleys()
    sorting.place(sorted)
    sorting.induce()
    return sorting.suffixes
  }

  private init(_ text: [Symbol], alphabetSize: Int) {
    self.text = text
    var ends = [Int32](repeating: 0, count: alphabetSize)
    for symbol in text { ends[Int(symbol)] &+= 1 }
    var end: Int32 = 0
    for symbol in ends.indices {
      end &+= ends[symbol]
      ends[symbol] = end
    }
    self.ends = ends
    var valleys: [Int32] = []
    var isRising = false
    for index in stride(from: text.count - 2, through: 0, by: -1) {
      let (symbol, next) = (text[index], text[index &+ 1])
      if symbol > next {
        if isRising { valleys.append(Int32(truncatingIfNeeded: index &+ 1)) }
        isRising = false
      } else if symbol < next {
        isRising = true
      }
    }
    valleys.reverse()
    self.valleys = valleys
  }

  /// Starts again with only the valleys, in the order given, each at the end of the suffixes that begin with its
  /// symbol.
  private mutating func place(_ valleys: [Int32]) {
    suffixes = [Int32](repeating: -1, count: text.count)
    var ends = ends
    for index in stride(from: valleys.count - 1, through: 0, by: -1) {
      let symbol = Int(text[Int(valleys[index])])
      ends[symbol] &-= 1
      suffixes[Int(ends[symbol])] = valleys[index]
    }
  }

  /// Places all falling suffixes from the valleys, and then all rising suffixes, which include the valleys.
  private mutating func induce() {
    var suffixes = suffixes
    self.suffixes = []
    var starts = [Int32](repeating: 0, count: ends.count)
    for symbol in 1..<max(1, ends.count) { starts[symbol] = ends[symbol &- 1] }
    Self.induceFalling(text.span, &suffixes, &starts)
    var ends = ends
    Self.induceRising(text.span, &suffixes, &ends)
    risingStarts = ends
    self.suffixes = suffixes
  }

  /// - Parameter starts: for each symbol, the place of its next falling suffix.
  private static func induceFalling(_ text: Span<Symbol>, _ suffixes: inout [Int32], _ starts: inout [Int32]) {
    var order = suffixes.mutableSpan
    var starts = starts.mutableSpan
    let count = text.count
    let last = Int(text[count &- 1])
    // the last symbol begins a falling suffix, because the end of the text is smaller than everything
    order[Int(starts[last])] = Int32(truncatingIfNeeded: count &- 1)
    starts[last] &+= 1
    for index in 0..<count {
      let suffix = Int(order[index])
      guard suffix > 0 else { continue }
      let previous = text[suffix &- 1]
      // the suffix one symbol earlier is falling if its symbol is no smaller; before a valley that is always so
      guard previous >= text[suffix] else { continue }
      let symbol = Int(previous)
      order[Int(starts[symbol])] = Int32(truncatingIfNeeded: suffix &- 1)
      starts[symbol] &+= 1
    }
  }

  /// - Parameter ends: for each symbol, the place after that of its next rising suffix.
  private static func induceRising(_ text: Span<Symbol>, _ suffixes: inout [Int32], _ ends: inout [Int32]) {
    var order = suffixes.mutableSpan
    var ends = ends.mutableSpan
    for index in stride(from: text.count &- 1, through: 0, by: -1) {
      let suffix = Int(order[index])
      guard suffix > 0 else { continue }
      let (previous, current) = (text[suffix &- 1], text[suffix])
      // a suffix that begins with an equal symbol one place earlier is rising if this one is; of the suffixes that
      // begin with one symbol, the rising come after the falling
      guard previous < current || (previous == current && index >= Int(ends[Int(current)])) else { continue }
      let symbol = Int(previous)
      ends[symbol] &-= 1
      order[Int(ends[symbol])] = Int32(truncatingIfNeeded: suffix &- 1)
    }
  }

  /// The valleys in ascending order as suffixes, from suffixes that are in the order of the segments between valleys.
  private mutating func sortedValleys() -> [Int32] {
    var sorted: [Int32] = []
    sorted.reserveCapacity(valleys.count)
    for (index, suffix) in suffixes.enumerated() where suffix > 0 {
      let (previous, current) = (text[Int(suffix) &- 1], text[Int(suffix)])
      if previous > current && index >= Int(risingStarts[Int(current)]) { sorted.append(suffix) }
    }
    suffixes = []
    let (ranks, count) = ranks(of: sorted)
    if count == sorted.count { return sorted }
    return InducedSorting<UInt32>.suffixes(of: ranks, alphabetSize: count).map { valleys[Int($0)] }
  }

  /// For each valley in the order of the text, the rank of the segment up to the next valley; equal segments share a
  /// rank.
  private func ranks(of sorted: [Int32]) -> (ranks: [UInt32], count: Int) {
    // two valleys are never adjacent, so half of a position identifies a valley
    var slots = [Int32](repeating: 0, count: text.count / 2 + 1)
    for (index, valley) in valleys.enumerated() where index + 1 < valleys.count {
      slots[Int(valley) / 2] = valleys[index + 1] &- valley &+ 1
    }
    var rank: Int32 = -1
    var (first, firstLength) = (0, 0)
    for valley in sorted {
      let (start, length) = (Int(valley), Int(slots[Int(valley) / 2]))
      // the last segment, of length 0, ends with the text and is equal to no other
      if length == 0 || length != firstLength || !isEqual(first, start, length) {
        rank &+= 1
        (first, firstLength) = (start, length)
      }
      slots[start / 2] = rank
    }
    return (valleys.map { UInt32(bitPattern: slots[Int($0) / 2]) }, Int(rank) + 1)
  }

  private func isEqual(_ a: Int, _ b: Int, _ length: Int) -> Bool {
    for offset in 0..<length where text[a &+ offset] != text[b &+ offset] { return false }
    return true
  }
}

import CharLSTM

/// Sorts the suffixes of a text by inducing the order of most of them from a few (SA-IS; Nong, Zhang & Chan 2009).
///
/// A suffix is L-type if it is larger than the suffix that begins one symbol later, and S-type if it is smaller. The
/// end of the text counts as smaller than everything. An LMS suffix (leftmost S-type) is an S-type suffix right after
/// an L-type one. Once the LMS suffixes are sorted, one pass to the right places all L-type suffixes, and one pass to
/// the left places all S-type suffixes.
///
/// The LMS suffixes themselves are sorted by their LMS substrings: the symbols from one LMS suffix to the next. The
/// same two passes do that. If some substrings are equal, each LMS suffix is replaced by the rank of its substring, and
/// the suffixes of the text of ranks are sorted in the same way. That text has at most half as many symbols.
struct InducedSorting<Symbol: FixedWidthInteger & UnsignedInteger> {
  private let text: [Symbol]
  /// For each symbol, where the suffixes that begin with it end in the sorted order.
  private let ends: [Int32]
  /// The places where the LMS suffixes begin, in the order of the text.
  private let lmsSuffixes: [Int32]
  private var suffixes: [Int32] = []
  /// For each symbol, where the S-type suffixes that begin with it start in the sorted order, once they are placed.
  private var sTypeStarts: [Int32] = []

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
    sorting.place(sorting.lmsSuffixes)
    sorting.induce()
    let sorted = sorting.sortedLMSSuffixes()
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
    var lmsSuffixes: [Int32] = []
    var isSType = false
    for index in stride(from: text.count - 2, through: 0, by: -1) {
      let (symbol, next) = (text[index], text[index &+ 1])
      if symbol > next {
        if isSType { lmsSuffixes.append(Int32(truncatingIfNeeded: index &+ 1)) }
        isSType = false
      } else if symbol < next {
        isSType = true
      }
    }
    lmsSuffixes.reverse()
    self.lmsSuffixes = lmsSuffixes
  }

  /// Starts again with only the LMS suffixes, in the order given, each at the end of the suffixes that begin with its
  /// symbol.
  private mutating func place(_ lmsSuffixes: [Int32]) {
    suffixes = [Int32](repeating: -1, count: text.count)
    var ends = ends
    for index in stride(from: lmsSuffixes.count - 1, through: 0, by: -1) {
      let symbol = Int(text[Int(lmsSuffixes[index])])
      ends[symbol] &-= 1
      suffixes[Int(ends[symbol])] = lmsSuffixes[index]
    }
  }

  /// Places all L-type suffixes from the LMS suffixes, and then all S-type suffixes, which include the LMS suffixes.
  private mutating func induce() {
    var suffixes = suffixes
    self.suffixes = []
    var starts = [Int32](repeating: 0, count: ends.count)
    for symbol in 1..<max(1, ends.count) { starts[symbol] = ends[symbol &- 1] }
    Self.induceLType(text.span, &suffixes, &starts)
    var ends = ends
    Self.induceSType(text.span, &suffixes, &ends)
    sTypeStarts = ends
    self.suffixes = suffixes
  }

  /// - Parameter starts: for each symbol, the place of its next L-type suffix.
  private static func induceLType(_ text: Span<Symbol>, _ suffixes: inout [Int32], _ starts: inout [Int32]) {
    var order = suffixes.mutableSpan
    var starts = starts.mutableSpan
    let count = text.count
    let last = Int(text[count &- 1])
    // the last symbol begins an L-type suffix, because the end of the text is smaller than everything
    order[Int(starts[last])] = Int32(truncatingIfNeeded: count &- 1)
    starts[last] &+= 1
    for index in 0..<count {
      let suffix = Int(order[index])
      guard suffix > 0 else { continue }
      let previous = text[suffix &- 1]
      // the suffix one symbol earlier is L-type if its first symbol is not smaller; before an LMS suffix this always
      // holds
      guard previous >= text[suffix] else { continue }
      let symbol = Int(previous)
      order[Int(starts[symbol])] = Int32(truncatingIfNeeded: suffix &- 1)
      starts[symbol] &+= 1
    }
  }

  /// - Parameter ends: for each symbol, one more than the place of its next S-type suffix.
  private static func induceSType(_ text: Span<Symbol>, _ suffixes: inout [Int32], _ ends: inout [Int32]) {
    var order = suffixes.mutableSpan
    var ends = ends.mutableSpan
    for index in stride(from: text.count &- 1, through: 0, by: -1) {
      let suffix = Int(order[index])
      guard suffix > 0 else { continue }
      let (previous, current) = (text[suffix &- 1], text[suffix])
      // a suffix that begins with an equal symbol one place earlier is S-type if this one is; of the suffixes that
      // begin with one symbol, the S-type come after the L-type
      guard previous < current || (previous == current && index >= Int(ends[Int(current)])) else { continue }
      let symbol = Int(previous)
      ends[symbol] &-= 1
      order[Int(ends[symbol])] = Int32(truncatingIfNeeded: suffix &- 1)
    }
  }

  /// The LMS suffixes in ascending order, from suffixes that are in the order of their LMS substrings.
  private mutating func sortedLMSSuffixes() -> [Int32] {
    var sorted: [Int32] = []
    sorted.reserveCapacity(lmsSuffixes.count)
    for (index, suffix) in suffixes.enumerated() where suffix > 0 {
      let (previous, current) = (text[Int(suffix) &- 1], text[Int(suffix)])
      if previous > current && index >= Int(sTypeStarts[Int(current)]) { sorted.append(suffix) }
    }
    suffixes = []
    let (ranks, count) = ranks(of: sorted)
    if count == sorted.count { return sorted }
    return InducedSorting<UInt32>.suffixes(of: ranks, alphabetSize: count).map { lmsSuffixes[Int($0)] }
  }

  /// For each LMS suffix in the order of the text, the rank of its LMS substring; equal substrings share a rank.
  private func ranks(of sorted: [Int32]) -> (ranks: [UInt32], count: Int) {
    // two LMS suffixes never begin at adjacent places, so half of the place identifies one
    var slots = [Int32](repeating: 0, count: text.count / 2 + 1)
    for (index, suffix) in lmsSuffixes.enumerated() where index + 1 < lmsSuffixes.count {
      slots[Int(suffix) / 2] = lmsSuffixes[index + 1] &- suffix &+ 1
    }
    var rank: Int32 = -1
    var (first, firstLength) = (0, 0)
    for suffix in sorted {
      let (start, length) = (Int(suffix), Int(slots[Int(suffix) / 2]))
      // the last substring, of length 0, ends with the text and is equal to no other
      if length == 0 || length != firstLength || !isEqual(first, start, length) {
        rank &+= 1
        (first, firstLength) = (start, length)
      }
      slots[start / 2] = rank
    }
    return (lmsSuffixes.map { UInt32(bitPattern: slots[Int($0) / 2]) }, Int(rank) + 1)
  }

  private func isEqual(_ a: Int, _ b: Int, _ length: Int) -> Bool {
    for offset in 0..<length where text[a &+ offset] != text[b &+ offset] { return false }
    return true
  }
}

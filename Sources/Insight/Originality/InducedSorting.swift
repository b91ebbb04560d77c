import CharLSTM

/// Sorts the suffixes of a text by inducing most of them from few (SA-IS; Nong, Zhang & Chan 2009).
///
/// A suffix is falling (type L in the paper) where it is larger than the one that begins a symbol later, and rising (type S)
/// where it is smaller; the end of the text counts as smaller than everything. A valley (LMS) is a rising suffix after a
/// falling one. Once the valleys stand in order, one pass to the right places all falling suffixes and one to the left all
/// rising ones. The valleys themselves are sorted by what stands from each to the next: by the same two passes, and where
/// that leaves some equal, as the suffixes of a text of their ranks, which has at most half as many symbols.
struct InducedSorting<Symbol: FixedWidthInteger & UnsignedInteger> {
  private let text: [Symbol]
  /// Where the suffixes that begin with each symbol end, in the order.
  private let ends: [Int32]
  /// In the order of the text.
  private let valleys: [Int32]
  private var suffixes: [Int32] = []
  /// Where the rising suffixes among those of each symbol begin, once they are placed.
  private var risingStarts: [Int32] = []

  /// Where the suffixes of a text begin, in ascending order.
  ///
  /// - Parameters:
  ///   - text: fewer than 2³¹ symbols.
  ///   - alphabetSize: above every symbol.
  /// - Complexity: O(n + alphabet); at its peak some 9 bytes a symbol besides the text.
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

  /// Begins anew with nothing but the valleys, each at the end of what begins with its symbol, in the order given.
  private mutating func place(_ valleys: [Int32]) {
    suffixes = [Int32](repeating: -1, count: text.count)
    var ends = ends
    for index in stride(from: valleys.count - 1, through: 0, by: -1) {
      let symbol = Int(text[Int(valleys[index])])
      ends[symbol] &-= 1
      suffixes[Int(ends[symbol])] = valleys[index]
    }
  }

  /// Places all falling suffixes from the valleys, and then all rising ones, the valleys anew among them.
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

  /// - Parameter starts: where the next falling suffix of each symbol goes.
  private static func induceFalling(_ text: Span<Symbol>, _ suffixes: inout [Int32], _ starts: inout [Int32]) {
    var order = suffixes.mutableSpan
    var starts = starts.mutableSpan
    let count = text.count
    let last = Int(text[count &- 1])
    // the end of the text is the first of all suffixes, and the last symbol falls towards it
    order[Int(starts[last])] = Int32(truncatingIfNeeded: count &- 1)
    starts[last] &+= 1
    for index in 0..<count {
      let suffix = Int(order[index])
      guard suffix > 0 else { continue }
      let previous = text[suffix &- 1]
      // a falling suffix is preceded by another one where the symbol is no smaller, and a valley always is
      guard previous >= text[suffix] else { continue }
      let symbol = Int(previous)
      order[Int(starts[symbol])] = Int32(truncatingIfNeeded: suffix &- 1)
      starts[symbol] &+= 1
    }
  }

  /// - Parameter ends: before which the next rising suffix of each symbol goes.
  private static func induceRising(_ text: Span<Symbol>, _ suffixes: inout [Int32], _ ends: inout [Int32]) {
    var order = suffixes.mutableSpan
    var ends = ends.mutableSpan
    for index in stride(from: text.count &- 1, through: 0, by: -1) {
      let suffix = Int(order[index])
      guard suffix > 0 else { continue }
      let (previous, own) = (text[suffix &- 1], text[suffix])
      // before an equal symbol a suffix rises if this one does, and those that rise stand behind those that fall
      guard previous < own || (previous == own && index >= Int(ends[Int(own)])) else { continue }
      let symbol = Int(previous)
      ends[symbol] &-= 1
      order[Int(ends[symbol])] = Int32(truncatingIfNeeded: suffix &- 1)
    }
  }

  /// The valleys as suffixes in ascending order, after they were induced in the order of what stands from each to the next.
  private mutating func sortedValleys() -> [Int32] {
    var sorted: [Int32] = []
    sorted.reserveCapacity(valleys.count)
    for (index, suffix) in suffixes.enumerated() where suffix > 0 {
      let (previous, own) = (text[Int(suffix) &- 1], text[Int(suffix)])
      if previous > own && index >= Int(risingStarts[Int(own)]) { sorted.append(suffix) }
    }
    suffixes = []
    let (ranks, count) = ranks(of: sorted)
    if count == sorted.count { return sorted }
    return InducedSorting<UInt32>.suffixes(of: ranks, alphabetSize: count).map { valleys[Int($0)] }
  }

  /// For each valley in the order of the text, the rank of what stands from it to the next one; equal ones have the same.
  private func ranks(of sorted: [Int32]) -> (ranks: [UInt32], count: Int) {
    // no two valleys are neighbours: half of a position tells them apart
    var slots = [Int32](repeating: 0, count: text.count / 2 + 1)
    for (index, valley) in valleys.enumerated() where index + 1 < valleys.count {
      slots[Int(valley) / 2] = valleys[index + 1] &- valley &+ 1
    }
    var rank: Int32 = -1
    var (first, firstLength) = (0, 0)
    for valley in sorted {
      let (start, length) = (Int(valley), Int(slots[Int(valley) / 2]))
      // the last one, of length 0, ends with the text and is like no other
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

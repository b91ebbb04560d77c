import CharLSTM

/// A text with its suffixes in ascending order. All occurrences of a passage are next to each other in this order.
struct SuffixArray<Symbol: FixedWidthInteger & UnsignedInteger> {
  let text: [Symbol]
  /// The places where the suffixes begin, the smallest suffix first. A suffix comes before all suffixes that it is a
  /// prefix of.
  let positions: [Int32]

  /// - Parameter alphabetSize: a number larger than every symbol.
  /// - Complexity: O(n + alphabet).
  init(_ text: [Symbol], alphabetSize: Int) {
    self.text = text
    positions = InducedSorting.suffixes(of: text, alphabetSize: alphabetSize)
  }

  /// The ranks of all suffixes that begin with the symbols of the text at `passage`. They include the suffix at
  /// `passage`.
  /// - Complexity: O(log n) comparisons. Each skips the symbols that are already known to be equal.
  func ranks(of passage: Range<Int>) -> Range<Int> {
    precondition(
      passage.lowerBound >= 0 && passage.upperBound <= text.count, "passage \(passage) of \(text.count) symbols")
    return bound(of: passage, isUpper: false)..<bound(of: passage, isUpper: true)
  }

  /// The lower bound is the rank of the first suffix that is not smaller than the passage. The upper bound is the rank
  /// of the first suffix after all those that begin with the passage.
  private func bound(of passage: Range<Int>, isUpper: Bool) -> Int {
    var (low, high) = (0, positions.count)
    // the number of first symbols that the suffixes just outside of low ..< high share with the passage; all suffixes
    // between them share at least the smaller number
    var (sharedLow, sharedHigh) = (0, 0)
    while low < high {
      let middle = (low + high) / 2
      let start = Int(positions[middle])
      var shared = min(sharedLow, sharedHigh)
      while shared < passage.count && start + shared < text.count
        && text[start &+ shared] == text[passage.lowerBound &+ shared]
      { shared &+= 1 }
      let isBelow: Bool
      if shared == passage.count {
        isBelow = isUpper
      } else {
        isBelow = start + shared == text.count || text[start + shared] < text[passage.lowerBound + shared]
      }
      if isBelow { (low, sharedLow) = (middle + 1, shared) } else { (high, sharedHigh) = (middle, shared) }
    }
    return low
  }
}

import CharLSTM

/// A text with its suffixes in ascending order: all places where a passage stands are neighbours in it.
struct SuffixArray<Symbol: FixedWidthInteger & UnsignedInteger> {
  let text: [Symbol]
  /// Where the suffixes begin, the smallest first; one that ends comes before those that go on.
  let positions: [Int32]

  /// - Parameter alphabetSize: above every symbol.
  /// - Complexity: O(n + alphabet).
  init(_ text: [Symbol], alphabetSize: Int) {
    self.text = text
    positions = InducedSorting.suffixes(of: text, alphabetSize: alphabetSize)
  }

  /// The ranks of all suffixes that begin as the text does at `passage`; its own is among them.
  /// - Complexity: O(log n) comparisons, each of which begins behind what is known to be equal.
  func ranks(of passage: Range<Int>) -> Range<Int> {
    precondition(
      passage.lowerBound >= 0 && passage.upperBound <= text.count, "passage \(passage) of \(text.count) symbols")
    return bound(of: passage, isUpper: false)..<bound(of: passage, isUpper: true)
  }

  /// The first rank whose suffix is no smaller than the passage, or for the upper bound larger than all that begin with it.
  private func bound(of passage: Range<Int>, isUpper: Bool) -> Int {
    var (low, high) = (0, positions.count)
    // symbols that the suffixes right outside of low ..< high have in common with the passage, and so all between them
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

import CharLSTM

/// A passage of a text that appears in a corpus and is not part of a longer such passage.
public struct Passage: Sendable, Equatable {
  /// The place of the passage in its text, in characters.
  public let range: Range<Int>
  /// The line of its first character in its text, from 1.
  public let line: Int
  /// The column of its first character, in characters from 1.
  public let column: Int
  /// The first file of the corpus that contains it, as an index in the list of files, from 0.
  public let file: Int
  /// The line of that file where it first begins, from 1.
  public let fileLine: Int
  /// How often it appears in the corpus.
  public let timesInCorpus: Int
  /// How often it appears in the text, including as a part of longer passages.
  public let timesInText: Int
}

/// Finds the longest passages among the matches at all places.
struct PassageSearch<Symbol: FixedWidthInteger & UnsignedInteger> {
  let texts: ComparedTexts
  let order: SuffixArray<Symbol>
  let lengths: [Int32]

  /// A passage without its file, lines and columns.
  private struct Found {
    let range: Range<Int>
    /// The first place in the corpus, in the sequence of all symbols.
    let first: Int
    let timesInCorpus: Int
    let timesInText: Int
  }

  /// The longest passages, longest first; passages of equal length are in the order of the text. A passage that appears
  /// in the text several times is listed once, at its first place.
  ///
  /// - Complexity: O(M log M + count · (log n + length + occurrences)).
  func longest(_ count: Int) -> [Passage] {
    guard count > 0 else { return [] }
    var found: [Found] = []
    var repeated: Set<Int> = []
    for start in starts() where !repeated.contains(start) {
      found.append(passage(at: start, repeated: &repeated))
      if found.count == count { break }
    }
    return placed(found)
  }

  /// Whether the match at a place is inside the match that begins one character earlier.
  private func isPart(_ index: Int) -> Bool { index > 0 && lengths[index - 1] > lengths[index] }

  /// The places of the matches that are not part of a longer match, the longest match first.
  private func starts() -> [Int] {
    // the high bits hold the length and the low bits the place, so that one comparison sorts by both
    var keys: [UInt64] = []
    for (index, length) in lengths.enumerated() where length > 0 && !isPart(index) {
      keys.append(UInt64(UInt32.max - UInt32(length)) << 32 | UInt64(index))
    }
    keys.sort()
    return keys.map { Int($0 & 0xFFFF_FFFF) }
  }

  /// - Parameter repeated: receives all other places of the text where this passage is a match that is not part of a
  ///   longer match.
  private func passage(at start: Int, repeated: inout Set<Int>) -> Found {
    let length = Int(lengths[start])
    let range = texts.textStart + start..<texts.textStart + start + length
    var (first, inCorpus, inText) = (Int.max, 0, 0)
    for position in order.positions[order.ranks(of: range)] {
      if Int(position) < texts.textStart {
        first = min(first, Int(position))
        inCorpus += 1
      } else {
        inText += 1
        let index = Int(position) - texts.textStart
        if Int(lengths[index]) == length && !isPart(index) { repeated.insert(index) }
      }
    }
    return Found(range: start..<start + length, first: first, timesInCorpus: inCorpus, timesInText: inText)
  }

  /// The passages with files, lines and columns. This reads text and corpus once.
  private func placed(_ found: [Found]) -> [Passage] {
    let textPlaces = lines(of: found.map { texts.textStart + $0.range.lowerBound }, from: texts.textStart)
    let files = found.map { passage in (texts.fileStarts.lastIndex { $0 <= passage.first }) ?? 0 }
    var corpusLines = [Int](repeating: 1, count: found.count)
    for (file, start) in texts.fileStarts.enumerated() {
      let inFile = found.indices.filter { files[$0] == file }
      for (index, place) in zip(inFile, lines(of: inFile.map { found[$0].first }, from: start)) {
        corpusLines[index] = place.line
      }
    }
    return found.indices.map { index in
      let passage = found[index]
      return Passage(
        range: passage.range, line: textPlaces[index].line, column: textPlaces[index].column, file: files[index],
        fileLine: corpusLines[index], timesInCorpus: passage.timesInCorpus, timesInText: passage.timesInText)
    }
  }

  /// The line and the column of each position, counted from where its file begins.
  private func lines(of positions: [Int], from start: Int) -> [(line: Int, column: Int)] {
    let endsLine = texts.endsLine
    var result = [(line: Int, column: Int)](repeating: (1, 1), count: positions.count)
    var (line, lineStart, index) = (1, start, start)
    for place in positions.indices.sorted(by: { positions[$0] < positions[$1] }) {
      while index < positions[place] {
        if endsLine[Int(order.text[index])] { (line, lineStart) = (line + 1, index + 1) }
        index += 1
      }
      result[place] = (line, positions[place] - lineStart + 1)
    }
    return result
  }
}

import CharLSTM
import Insight
import REPL

/// The output of `bard originality`.
struct OriginalityTable {
  let matches: CorpusMatches
  let texts: ComparedTexts
  let path: String
  let corpus: [String]

  private var ngrams: [CorpusMatches.NGrams] { CorpusMatches.sizes.compactMap { matches.ngrams($0) } }

  private func share(_ part: Int, of whole: Int) -> Double { Double(part) / Double(whole) }

  /// - Parameter width: the number of columns available for a quoted passage.
  func lines(width: Int) -> [String] {
    let noun = texts.unit.noun
    var lines = [
      "\(path): \(counted(texts.count, noun)), compared with \(grouped(texts.corpusCount)) of \(corpus.joined(separator: ", "))",
      "longest match at each position: mean \(fixed(matches.mean, 1)) \(noun)s, median \(significant(matches.median)),"
        + " longest \(grouped(matches.longest))",
      "",
      row(["n", "n-grams", "novel", "novel %", "covered %"]),
    ]
    for counts in ngrams {
      lines.append(
        row([
          "\(counts.n)", grouped(counts.count), grouped(counts.novel),
          fixed(100 * share(counts.novel, of: counts.count), 2),
          fixed(100 * share(counts.covered, of: texts.count), 2),
        ]))
    }
    guard !matches.passages.isEmpty else {
      return lines + (matches.longest == 0 ? ["", "nothing in it appears in the corpus"] : [])
    }
    lines += ["", "longest copied passages"]
    for passage in matches.passages {
      lines.append("")
      lines.append(
        counted(passage.range.count, noun) + times(passage.timesInText) + ", \(path):\(passage.line):\(passage.column)"
          + ", in \(corpus[passage.file]):\(passage.fileLine)" + times(passage.timesInCorpus))
      lines.append("  " + quoted(passage.range, columns: width - 2))
    }
    return lines
  }

  private func row(_ cells: [String]) -> String {
    zip(cells, [3, 14, 14, 10, 12]).map { $0.leftPadded(to: $1) }.joined()
  }

  private func times(_ count: Int) -> String { count > 1 ? " (\(grouped(count)) times)" : "" }

  /// A passage on one line, cut off if it is too long.
  func quoted(_ range: Range<Int>, columns: Int) -> String {
    // nearly every character takes a column or more, so the first four characters for each column are enough
    let part = range.prefix(4 * max(0, columns))
    let characters = VisibleCharacter.all(in: texts.bytes(part.startIndex..<part.endIndex))
    let room = columns - 2
    var (shown, used) = ("", 0)
    for (index, character) in characters.enumerated() {
      let isLast = index + 1 == characters.count && part.count == range.count
      let width = character.text.columns
      if used + width + (isLast ? 0 : 1) > room { return "\"\(shown)…\"" }
      shown += character.text
      used += width
    }
    return "\"\(shown)\""
  }

  /// The JSON keys, which programs rely on.
  private struct Names: Encodable {
    struct NGram: Encodable {
      let n: Int
      let count: Int
      let novel: Int
      let novelShare: Double
      let coveredShare: Double
    }
    struct Passage: Encodable {
      let length: Int
      let text: String
      let start: Int
      let line: Int
      let column: Int
      let timesInText: Int
      let corpus: String
      let corpusLine: Int
      let timesInCorpus: Int
    }
    let text: String
    let corpus: [String]
    let unit: String
    let characters: Int
    let corpusCharacters: Int
    let meanMatch: Double
    let medianMatch: Double
    let longestMatch: Int
    let ngrams: [NGram]
    let passages: [Passage]
  }

  /// One JSON object.
  var json: String {
    let names = Names(
      text: path, corpus: corpus, unit: texts.unit.rawValue, characters: texts.count,
      corpusCharacters: texts.corpusCount, meanMatch: matches.mean, medianMatch: matches.median,
      longestMatch: matches.longest,
      ngrams: ngrams.map {
        .init(
          n: $0.n, count: $0.count, novel: $0.novel, novelShare: share($0.novel, of: $0.count),
          coveredShare: share($0.covered, of: texts.count))
      },
      passages: matches.passages.map {
        .init(
          length: $0.range.count, text: String(decoding: texts.bytes($0.range), as: UTF8.self),
          start: $0.range.lowerBound, line: $0.line, column: $0.column, timesInText: $0.timesInText,
          corpus: corpus[$0.file], corpusLine: $0.fileLine, timesInCorpus: $0.timesInCorpus)
      })
    return JSON.text(names)
  }
}

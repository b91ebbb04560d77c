import CharLSTM
import Insight
import REPL

extension ExplanationLines {
  /// A part of a word that has one style.
  private typealias Piece = ExplanationPhrase.Run

  /// A phrase, wrapped into lines.
  /// - Parameter hanging: the additional indent of all lines except the first, in columns.
  func wrapped(_ phrase: ExplanationPhrase, indent: Int, hanging: Int = 0) -> [String] {
    var lines: [String] = []
    var line = ""
    var width = 0
    for word in words(of: phrase) {
      let columns = word.reduce(0) { $0 + $1.marked.columns }
      let start = indent + (lines.isEmpty ? 0 : hanging)
      if width > 0 && start + width + 1 + columns > Self.columns {
        lines.append(indented(line, by: start))
        (line, width) = ("", 0)
      }
      if width > 0 { (line, width) = (line + " ", width + 1) }
      line += word.map(styled).joined()
      width += columns
    }
    return width > 0 ? lines + [indented(line, by: indent + (lines.isEmpty ? 0 : hanging))] : lines
  }

  /// A phrase on one line.
  func styled(_ phrase: ExplanationPhrase) -> String { phrase.runs.map(styled).joined() }

  private func styled(_ run: Piece) -> String {
    switch run.kind {
    case .plain, .code, .text(lane: nil): run.marked
    case .term: style.bold(run.string)
    case .text(lane: .some(let lane)): style.series(lane, run.marked)
    }
  }

  private static func isEquals(_ pieces: some Sequence<Piece>) -> Bool {
    pieces.elementsEqual([Piece(kind: .plain, string: "=")])
  }

  /// The units of line wrapping. Code and text are never split, and stay together with the words that touch them.
  private func words(of phrase: ExplanationPhrase) -> [[Piece]] {
    var words: [[Piece]] = []
    var word: [Piece] = []
    for run in phrase.runs {
      let mayBreak = run.kind == .plain || run.kind == .term
      guard mayBreak else {
        word.append(run)
        continue
      }
      for (index, part) in run.string.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
        if index > 0 {
          words.append(word)
          word = []
        }
        if !part.isEmpty { word.append(Piece(kind: run.kind, string: String(part))) }
      }
    }
    return (words + [word]).filter { !$0.isEmpty }.reduce(into: []) { joined, word in
      // the parts of "T = 8" stay together
      if let last = joined.last, Self.isEquals(word) || Self.isEquals(last.suffix(1)) {
        joined[joined.count - 1] = last + [Piece(kind: .plain, string: " ")] + word
      } else {
        joined.append(word)
      }
    }
  }
}

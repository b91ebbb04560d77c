import CharLSTM

/// Reads a text character by character and keeps the value of each feature after the last character that was read.
struct FeatureReader {
  private let text: [PassageScalar]
  private var position = -1
  private var line = Line()
  private var paragraphLine = 0
  private var sentencePosition = 0
  private var wordPosition = 0
  private var indentation = 0
  private var isIndenting = true
  private var isQuoted = false
  private var brackets = 0
  private var comment = Comment.none

  /// What is known about a line once all of it has been seen.
  private struct Line {
    /// The characters of the line, including its line end if it has one.
    var range = 0..<0
    var isBlank = false
    /// The end of the speaker's name if the line consists of a name; otherwise the beginning of the line.
    var endOfSpeaker = 0
  }

  private enum Comment: Equatable {
    case none
    case line
    /// The comment began at this place.
    case block(start: Int)
  }

  init(_ text: [PassageScalar]) { self.text = text }

  /// Reads the next character.
  /// - Returns: its place, or nil at the end of the text.
  mutating func next() -> Int? {
    guard position + 1 < text.count else { return nil }
    position += 1
    if position == line.range.upperBound { beginLine() }
    readIndentation()
    readWord()
    if line.isBlank { return position }
    readComment()
    readQuotesAndBrackets()
    let isSentenceEnd = [".", "!", "?"].contains(text[position].value)
    sentencePosition = isSentenceEnd ? 0 : sentencePosition + 1
    return position
  }

  /// The value of a feature after the last character that was read.
  func value(of feature: TextFeature) -> Int {
    let scalar = text[position]
    switch feature {
    case .linePosition: return position - line.range.lowerBound
    case .lineEndNear: return isLineEndNear ? 1 : 0
    case .paragraphLine: return paragraphLine
    case .sentencePosition: return sentencePosition
    case .wordPosition: return wordPosition
    case .space: return scalar.isSpace ? 1 : 0
    case .capital: return scalar.isCapital ? 1 : 0
    case .punctuation: return [".", ",", ";", ":", "!", "?"].contains(scalar.value) ? 1 : 0
    case .digit: return scalar.isDigit ? 1 : 0
    case .speaker: return position < line.endOfSpeaker ? 1 : 0
    case .quotes: return isQuoted ? 1 : 0
    case .brackets: return brackets
    case .indentation: return indentation
    case .comment: return comment == .none ? 0 : 1
    }
  }

  private var isLineEndNear: Bool {
    let seen = position + 1..<min(text.count, position + 1 + TextFeature.lineEndDistance)
    return position + 1 < text.count && text[seen].contains(where: \.isLineEnd)
  }

  private mutating func beginLine() {
    let isFirst = line.range.isEmpty
    let isAfterBlankLine = isFirst || line.isBlank
    let start = position
    let end = text[start...].firstIndex(where: \.isLineEnd).map { $0 + 1 } ?? text.count
    line = Line(range: start..<end, isBlank: text[start..<end].allSatisfy(\.isSpace))
    line.endOfSpeaker = isAfterBlankLine ? endOfSpeaker : start
    paragraphLine = isAfterBlankLine || line.isBlank ? 0 : paragraphLine + 1
    (indentation, isIndenting, wordPosition) = (0, true, 0)
    if comment == .line { comment = .none }
    if line.isBlank { (isQuoted, brackets, comment, sentencePosition) = (false, 0, .none, 0) }
  }

  private var endOfSpeaker: Int {
    let start = line.range.lowerBound
    guard text[start].isCapital, let last = text[line.range].lastIndex(where: { !$0.isSpace }) else { return start }
    return text[last].value == ":" && last - start <= TextFeature.longestSpeaker ? last + 1 : start
  }

  private mutating func readIndentation() {
    let scalar = text[position]
    isIndenting = isIndenting && scalar.isSpace && !scalar.isLineEnd
    if isIndenting { indentation += scalar.value == "\t" ? 4 : 1 }
  }

  private mutating func readWord() {
    let scalar = text[position]
    let isApostrophe =
      (scalar.value == "'" || scalar.value == "\u{2019}") && wordPosition > 0 && isLetter(before: position)
      && isLetter(after: position)
    wordPosition = scalar.isOfWord || isApostrophe ? wordPosition + 1 : 0
  }

  /// Whether the scalar before the one at `place` is a letter.
  private func isLetter(before place: Int) -> Bool {
    let first = text[...place].lastIndex { !$0.isContinuation } ?? place
    return first > 0 && text[first - 1].isLetter
  }

  private func isLetter(after place: Int) -> Bool {
    text[(place + 1)...].first { !$0.isContinuation }?.isLetter ?? false
  }

  private mutating func readComment() {
    let scalar = text[position]
    switch comment {
    case .line: if scalar.isLineEnd { comment = .none }
    case .block(let start):
      let isClosed = position >= start + 4 && text[position - 1].value == "/" && text[position - 2].value == "*"
      if isClosed { comment = .none }
    case .none: break
    }
    guard comment == .none, !isQuoted else { return }
    let next = position + 1 < line.range.upperBound ? text[position + 1].value : "\n"
    if scalar.value == "/" && next == "*" {
      comment = .block(start: position)
    } else if position == line.range.lowerBound || text[position - 1].isSpace {
      let isMark =
        scalar.value == "/" && next == "/" || scalar.value == "#" && (next == " " || next == "!" || next == "#")
      if isMark { comment = .line }
    }
  }

  private mutating func readQuotesAndBrackets() {
    let scalar = text[position]
    guard comment == .none, !scalar.isContinuation else { return }
    switch scalar.value {
    case "\"", "\u{201C}", "\u{201D}", "\u{201E}", "\u{AB}", "\u{BB}":
      if position == 0 || text[position - 1].value != "\\" { isQuoted.toggle() }
    case "(", "[": brackets += 1
    case ")", "]": brackets = max(0, brackets - 1)
    default: break
    }
  }
}

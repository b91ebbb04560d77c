import CharLSTM

/// What a cell may follow: a number for every character of a text, as it stands when the character has been read.
///
/// All of them begin anew at a blank line (white space alone), so that one stray quotation mark does not turn a whole text
/// around. The beginning of a text counts as a blank line before it.
public enum TextFeature: String, CaseIterable, Codable, Sendable {
  /// Characters of the line before this one; the line end is the last of its line.
  case linePosition = "line-position"
  /// 1 where one of the next 5 characters is a line end, else 0.
  case lineEndNear = "line-end-near"
  /// Lines since the last blank line: 0 in the first line of a paragraph, and in a blank one.
  case paragraphLine = "paragraph-line"
  /// Characters since the last `.`, `!`, `?` or blank line; 0 at the mark itself, and in a blank line.
  case sentencePosition = "sentence-position"
  /// 1 at the first character of a word, 2 at the second and so on, 0 outside of words. A word is letters, the marks on them,
  /// digits, underscores, and an apostrophe between two letters.
  case wordPosition = "word-position"
  /// 1 at white space, line ends among it, else 0.
  case space
  /// 1 at an upper-case letter, else 0.
  case capital
  /// 1 at one of `. , ; : ! ?`, else 0.
  case punctuation
  /// 1 at a decimal digit, else 0.
  case digit
  /// 1 from the beginning of a line to a colon that ends it, else 0, where the line follows a blank one, begins with a capital,
  /// and has at most 40 characters before the colon: a speaker's name in a play.
  case speaker
  /// 1 within double quotation marks (`" “ ” „ « »`), else 0: any of them opens where none is open, and is within; where one is
  /// open it closes, and is not. Those behind a backslash or in a comment do not count.
  case quotes
  /// How many of `(` and `[` are open; `)` and `]` close one. In comments nothing counts.
  case brackets
  /// White space at the beginning of the line: a space is 1, a tab 4; within it, as much as there was so far.
  case indentation
  /// 1 in a comment, else 0, outside of double quotation marks: from `//`, or `#` followed by a space, `!` or `#`, to before the
  /// line end, where white space or nothing stands before the mark in its line; and from `/*` to `*/`, both included.
  case comment

  /// How far ahead of a line end `lineEndNear` is 1, in characters.
  static let lineEndDistance = 5
  /// Most characters of a speaker's name.
  static let longestSpeaker = 40

  /// A short name for tables.
  public var name: String {
    switch self {
    case .linePosition: "position in the line"
    case .lineEndNear: "line end near"
    case .paragraphLine: "line of the paragraph"
    case .sentencePosition: "position in the sentence"
    case .wordPosition: "position in the word"
    case .space: "white space"
    case .capital: "capital letter"
    case .punctuation: "punctuation"
    case .digit: "digit"
    case .speaker: "speaker's name"
    case .quotes: "inside quotation marks"
    case .brackets: "inside brackets"
    case .indentation: "indentation"
    case .comment: "comment"
    }
  }

  /// What its number is, exactly, for readers.
  public var definition: String {
    switch self {
    case .linePosition: "Characters of the line before this one; the line end is the last of its line."
    case .lineEndNear: "1 where one of the next \(Self.lineEndDistance) characters is a line end, else 0."
    case .paragraphLine: "Lines since the last blank line: 0 in the first line of a paragraph, and in a blank one."
    case .sentencePosition:
      "Characters since the last . ! ? or blank line; 0 at the mark itself, and in a blank line."
    case .wordPosition:
      "1 at the first character of a word, 2 at the second and so on, 0 outside of words. A word is letters, the marks on"
        + " them, digits, underscores, and an apostrophe between two letters."
    case .space: "1 at white space, line ends among it, else 0."
    case .capital: "1 at an upper-case letter, else 0."
    case .punctuation: "1 at one of . , ; : ! ? and 0 elsewhere."
    case .digit: "1 at a decimal digit, else 0."
    case .speaker:
      "1 from the beginning of a line to a colon that ends it, else 0, where the line follows a blank one, begins with a"
        + " capital, and has at most \(Self.longestSpeaker) characters before the colon."
    case .quotes:
      "1 within double quotation marks (\" “ ” „ « »), else 0: any of them opens where none is open, and is within; where"
        + " one is open it closes, and is not. Those behind a backslash or in a comment do not count."
    case .brackets: "How many of ( and [ are open; ) and ] close one. In comments nothing counts."
    case .indentation:
      "White space at the beginning of the line: a space is 1, a tab 4; within it, as much as there was so far."
    case .comment:
      "1 in a comment, else 0, outside of double quotation marks: from //, or # followed by a space, ! or #, to before the"
        + " line end, where white space or nothing stands before the mark in its line; and from /* to */, both included."
    }
  }

  /// It is 0 or 1.
  public var isBinary: Bool {
    switch self {
    case .linePosition, .paragraphLine, .sentencePosition, .wordPosition, .brackets, .indentation: false
    default: true
    }
  }
}

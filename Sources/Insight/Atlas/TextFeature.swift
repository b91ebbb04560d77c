import CharLSTM

/// A property of a text that a cell may follow: a number for every character, taken just after the character has been
/// read.
///
/// All features start over at a blank line (a line of nothing but white space). So one stray quotation mark cannot
/// invert the rest of a text. The beginning of a text counts as if a blank line came before it.
public enum TextFeature: String, CaseIterable, Codable, Sendable {
  /// The number of characters before this one in its line. The line end belongs to the line that it ends.
  case linePosition = "line-position"
  /// 1 if one of the next 5 characters is a line end, else 0.
  case lineEndNear = "line-end-near"
  /// The number of lines since the last blank line: 0 in the first line of a paragraph, and in a blank line.
  case paragraphLine = "paragraph-line"
  /// The number of characters since the last `.`, `!`, `?` or blank line: 0 at the mark itself, and in a blank line.
  case sentencePosition = "sentence-position"
  /// 1 at the first character of a word, 2 at the second and so on, 0 outside of words. A word consists of letters, the
  /// marks on them, digits and underscores. An apostrophe between two letters belongs to the word.
  case wordPosition = "word-position"
  /// 1 at white space, including line ends, else 0.
  case space
  /// 1 at an upper-case letter, else 0.
  case capital
  /// 1 at one of `. , ; : ! ?`, else 0.
  case punctuation
  /// 1 at a decimal digit, else 0.
  case digit
  /// 1 in the name of a speaker, as in a play, else 0. A line is such a name if it follows a blank line, begins with a
  /// capital, ends with a colon and has at most 40 characters before the colon. The colon counts as part of the name.
  case speaker
  /// 1 inside double quotation marks (`" “ ” „ « »`), else 0. Any of them opens a quotation if none is open, and closes
  /// the open one otherwise. The opening mark is inside, the closing mark is not. Marks after a backslash or in a
  /// comment do not count.
  case quotes
  /// The number of `(` and `[` that are open; `)` and `]` close one each. Brackets in comments do not count.
  case brackets
  /// The amount of white space at the beginning of the line: a space counts 1, a tab 4. Inside that white space, the
  /// value is the sum so far.
  case indentation
  /// 1 in a comment, else 0. A comment begins outside of double quotation marks. A line comment begins with `//`, or
  /// with `#` and a space, `!` or `#`. The mark is at the beginning of its line or after white space. The comment ends
  /// before the line end. A block comment goes from `/*` to `*/`, both included.
  case comment

  /// `lineEndNear` is 1 if a line end is among this many next characters.
  static let lineEndDistance = 5
  /// The maximum number of characters of a speaker's name before its colon.
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

  /// The exact definition of the number, for readers.
  public var definition: String {
    switch self {
    case .linePosition:
      "The number of characters before this one in its line. The line end belongs to the line that it ends."
    case .lineEndNear: "1 if one of the next \(Self.lineEndDistance) characters is a line end, else 0."
    case .paragraphLine:
      "The number of lines since the last blank line: 0 in the first line of a paragraph, and in a blank line."
    case .sentencePosition:
      "The number of characters since the last . ! ? or blank line: 0 at the mark itself, and in a blank line."
    case .wordPosition:
      "1 at the first character of a word, 2 at the second and so on, 0 outside of words. A word consists of letters, the"
        + " marks on them, digits and underscores. An apostrophe between two letters belongs to the word."
    case .space: "1 at white space, including line ends, else 0."
    case .capital: "1 at an upper-case letter, else 0."
    case .punctuation: "1 at one of . , ; : ! ? and 0 elsewhere."
    case .digit: "1 at a decimal digit, else 0."
    case .speaker:
      "1 in the name of a speaker, as in a play, else 0. A line is such a name if it follows a blank line, begins with a"
        + " capital, ends with a colon and has at most \(Self.longestSpeaker) characters before the colon."
    case .quotes:
      "1 inside double quotation marks (\" “ ” „ « »), else 0. Any of them opens a quotation if none is open, and closes the"
        + " open one otherwise. The opening mark is inside, the closing mark is not. Marks after a backslash or in a comment"
        + " do not count."
    case .brackets: "The number of ( and [ that are open; ) and ] close one each. Brackets in comments do not count."
    case .indentation:
      "The amount of white space at the beginning of the line: a space counts 1, a tab 4. Inside that white space, the"
        + " value is the sum so far."
    case .comment:
      "1 in a comment, else 0. A comment begins outside of double quotation marks. A line comment begins with //, or with #"
        + " and a space, ! or #. The mark is at the beginning of its line or after white space. The comment ends before the"
        + " line end. A block comment goes from /* to */, both included."
    }
  }

  /// Whether the feature is always 0 or 1.
  public var isBinary: Bool {
    switch self {
    case .linePosition, .paragraphLine, .sentencePosition, .wordPosition, .brackets, .indentation: false
    default: true
    }
  }
}

import CharLSTM

/// A text and the files it is compared with, cut in characters that have one number wherever they stand.
///
/// All are one sequence: the files, each with a separator behind it that the text does not have, and then the text. What is
/// the same in both is found whole, and never goes from one file on into the next.
public struct ComparedTexts: Sendable {
  /// One, two or four bytes a character, whichever their number needs.
  enum Symbols: Sendable {
    case bytes([UInt8])
    case words([UInt16])
    case longWords([UInt32])
  }

  /// What one character is, in the text and in every file.
  public let unit: TextUnit
  /// Characters of the text.
  public let count: Int
  /// Characters of all files together.
  public var corpusCount: Int { textStart - fileStarts.count }

  /// 0 is the separator; the characters follow.
  let symbols: Symbols
  /// UTF-8 of each symbol, or its byte; empty for the separator.
  private(set) var entries: [[UInt8]] = [[]]
  /// Where each file begins.
  let fileStarts: [Int]
  let textStart: Int

  /// Characters and separators that can be told apart by their places.
  public static let limit = Int(Int32.max) - 1

  /// Reads everything.
  ///
  /// - Parameters:
  ///   - text: what is looked for.
  ///   - corpus: the files in which it is looked for, one each.
  ///   - unit: what one character is; anything can be read as bytes.
  ///   - threads: how many read and tokenize.
  /// - Throws: `CorpusError.invalidUTF8`, `unreadable`, `isFolder`, `changedWhileReading` or `tooLong`. Empty files are none.
  public init(
    text: CorpusText, corpus: [CorpusText], unit: TextUnit, threads: Int
  ) throws(CorpusError) {
    try self.init(text: text, corpus: corpus, unit: unit, threads: threads, limit: Self.limit)
  }

  init(text: CorpusText, corpus: [CorpusText], unit: TextUnit, threads: Int, limit: Int) throws(CorpusError) {
    var numbers: [[UInt8]: UInt32] = [:]
    var texts: [(tokens: TokenSequence, numbers: [UInt32])] = []
    var total = 0
    for source in corpus + [text] {
      var (tokens, own) = (TokenSequence([], vocabularySize: 1), [UInt32]())
      if source.byteCount > 0 {
        let read = try Corpus(source, unit: unit, threads: threads)
        tokens = read.tokens
        for id in 0..<Int32(read.vocabulary.count) {
          let entry = read.vocabulary.utf8Bytes(of: id)
          let number = numbers[entry] ?? UInt32(entries.count)
          if numbers.updateValue(number, forKey: entry) == nil { entries.append(entry) }
          own.append(number)
        }
      }
      total += tokens.count + 1
      guard total <= limit else { throw .tooLong(characters: total, limit: limit) }
      texts.append((tokens, own))
    }
    var starts: [Int] = []
    func joined<Symbol: FixedWidthInteger>(_ type: Symbol.Type) -> [Symbol] {
      var symbols: [Symbol] = []
      symbols.reserveCapacity(total)
      for (tokens, numbers) in texts {
        if !starts.isEmpty { symbols.append(0) }
        starts.append(symbols.count)
        for index in 0..<tokens.count { symbols.append(Symbol(truncatingIfNeeded: numbers[Int(tokens[index])])) }
      }
      return symbols
    }
    switch entries.count {
    case ...256: symbols = .bytes(joined(UInt8.self))
    case ...65536: symbols = .words(joined(UInt16.self))
    default: symbols = .longWords(joined(UInt32.self))
    }
    self.unit = unit
    fileStarts = Array(starts.dropLast())
    textStart = starts.last ?? 0
    count = texts.last?.tokens.count ?? 0
  }

  /// A symbol's character ends a line.
  var endsLine: [Bool] { entries.map { $0.last == 0x0A } }

  /// The bytes of characters of the text.
  public func bytes(_ range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "characters \(range) of \(count)")
    let places = textStart + range.lowerBound..<textStart + range.upperBound
    switch symbols {
    case .bytes(let symbols): return symbols[places].flatMap { entries[Int($0)] }
    case .words(let symbols): return symbols[places].flatMap { entries[Int($0)] }
    case .longWords(let symbols): return symbols[places].flatMap { entries[Int($0)] }
    }
  }
}

import CharLSTM

/// A text and the files that it is compared with. A character has the same number in all of them.
///
/// All of them form one sequence: the files, each followed by a separator that the text does not contain, and then the
/// text. So a match is never cut short inside a file, and never continues from one file into the next.
public struct ComparedTexts: Sendable {
  /// The symbols, in one, two or four bytes each: as many as the largest number needs.
  enum Symbols: Sendable {
    case bytes([UInt8])
    case words([UInt16])
    case longWords([UInt32])
  }

  /// What counts as one character, in the text and in every file.
  public let unit: TextUnit
  /// The number of characters of the text.
  public let count: Int
  /// The number of characters of all files together.
  public var corpusCount: Int { textStart - fileStarts.count }

  /// The sequence of all symbols. 0 is the separator; the characters follow from 1 on.
  let symbols: Symbols
  /// The UTF-8 bytes of each symbol, or its single byte; empty for the separator.
  private(set) var entries: [[UInt8]] = [[]]
  /// The place where each file begins.
  let fileStarts: [Int]
  let textStart: Int

  /// The maximum number of characters and separators: their places must fit in 32 bits.
  public static let limit = Int(Int32.max) - 1

  /// Reads all files.
  ///
  /// - Parameters:
  ///   - text: the file with the text to look for.
  ///   - corpus: the files to search.
  ///   - unit: what counts as one character; any file can be read as bytes.
  ///   - threads: the number of threads that read and tokenize.
  /// - Throws: `CorpusError.invalidUTF8`, `unreadable`, `isFolder`, `changedWhileReading` or `tooLong`. Empty files are
  ///   not an error.
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
      var (tokens, numbersByID) = (TokenSequence([], vocabularySize: 1), [UInt32]())
      if source.byteCount > 0 {
        let read = try Corpus(source, unit: unit, threads: threads)
        tokens = read.tokens
        for id in 0..<Int32(read.vocabulary.count) {
          let entry = read.vocabulary.utf8Bytes(of: id)
          let number = numbers[entry] ?? UInt32(entries.count)
          if numbers.updateValue(number, forKey: entry) == nil { entries.append(entry) }
          numbersByID.append(number)
        }
      }
      total += tokens.count + 1
      guard total <= limit else { throw .tooLong(characters: total, limit: limit) }
      texts.append((tokens, numbersByID))
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

  /// For each symbol, whether its character ends a line.
  var endsLine: [Bool] { entries.map { $0.last == 0x0A } }

  /// The bytes of a range of characters of the text.
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

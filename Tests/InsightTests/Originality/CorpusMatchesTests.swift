import TestSupport
import Testing

@testable import CharLSTM
@testable import Insight

@Suite struct CorpusMatchesTests {
  private func matches(_ text: String, _ corpus: [String], passages: Int = 10) throws -> CorpusMatches {
    CorpusMatches(
      try ComparedTexts(
        text: CorpusText(bytes: Array(text.utf8)), corpus: corpus.map { CorpusText(bytes: Array($0.utf8)) },
        unit: .character, threads: 1), passages: passages)
  }

  /// The definition: at each place, the longest prefix of the rest of the text that appears in one of the files.
  private func naive(_ text: String, _ corpus: [String]) -> [Int32] {
    let text = Array(text)
    let files = corpus.map { Array($0) }
    return text.indices.map { start in
      var longest = 0
      for file in files {
        for place in file.indices {
          var length = 0
          while start + length < text.count && place + length < file.count
            && text[start + length] == file[place + length]
          { length += 1 }
          longest = max(longest, length)
        }
      }
      return Int32(longest)
    }
  }

  private func letters(_ count: Int, _ alphabet: Int, seed: UInt64) -> String {
    String(decoding: testIDs(count, vocabularySize: alphabet, seed: seed).map { UInt8(97 + $0) }, as: UTF8.self)
  }

  @Test func lengthsAreThoseOfTheDefinition() throws {
    for seed in 0..<12 as Range<UInt64> {
      let alphabet = seed % 2 == 0 ? 2 : 4
      let text = letters(60, alphabet, seed: seed)
      let corpus = [letters(80, alphabet, seed: 100 + seed), letters(31, 3, seed: 200 + seed), ""]
      #expect(try matches(text, corpus).lengths == naive(text, corpus))
    }
    for (text, corpus) in [
      ("aaaa", ["aa"]), ("aa", ["aaaaaa"]), ("abab", ["ba", "ab"]), ("xyz", ["abc"]), ("abcabc", ["abcabc"]),
      ("ab\nab", ["b\na"]), ("aba", ["ab", "a"]),
    ] { #expect(try matches(text, corpus).lengths == naive(text, corpus), "\(text), \(corpus)") }
  }

  @Test func noMatchGoesOnInAnotherFileOrSplitsACharacter() throws {
    #expect(try matches("abcd", ["ab", "cd"]).lengths == [2, 1, 2, 1])
    // the accent is a scalar of its own, and only one of the two texts has it
    #expect(try matches("ae\u{301}b", ["aeb"]).lengths == [1, 0, 1])
    #expect(try matches("aeb", ["ae\u{301}b"]).lengths == [1, 0, 1])
  }

  @Test func figuresOfNGrams() throws {
    let corpus = ["the cat sat on the mat"]
    let text = "the dog sat on the cat"
    let found = try matches(text, corpus)
    let characters = Array(text)
    for n in 1...characters.count {
      let grams = (0...characters.count - n).map { String(characters[$0..<$0 + n]) }
      let known = grams.map { corpus[0].contains($0) }
      var covered = Set<Int>()
      for (start, isKnown) in known.enumerated() where isKnown { covered.formUnion(start..<start + n) }
      #expect(
        found.ngrams(n)
          == CorpusMatches.NGrams(n: n, count: grams.count, novel: known.count { !$0 }, covered: covered.count))
    }
    #expect(found.ngrams(0) == nil)
    #expect(found.ngrams(characters.count + 1) == nil)
  }

  @Test func averagesOfLengths() throws {
    // the lengths are 2 1 0 3 2 1
    let found = try matches("abxcde", ["ab", "cde"])
    #expect(found.lengths == [2, 1, 0, 3, 2, 1])
    #expect(found.mean == 1.5)
    #expect(found.median == 1.5)
    #expect(found.longest == 3)
    #expect(try matches("abx", ["ab"]).median == 1)
    let none = try matches("xyz", ["ab"])
    #expect((none.mean, none.median, none.longest) == (0, 0, 0))
    let empty = try matches("", ["ab"])
    #expect((empty.mean, empty.median, empty.longest) == (0, 0, 0))
    #expect(empty.passages.isEmpty)
  }
}

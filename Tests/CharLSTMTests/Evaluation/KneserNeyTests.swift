import Foundation
import TestSupport
import Testing

@testable import CharLSTM

@Suite struct KneserNeyTests {
  /// Text with some order in it: a symbol follows from the two before, mostly.
  private func symbols(_ count: Int, vocabularySize: Int = 5) -> [Int32] {
    let noise = testIDs(count, vocabularySize: vocabularySize)
    let often = testIDs(count, vocabularySize: 4, seed: 2)
    var result = Array(noise[..<2])
    for index in 2..<count {
      let next = (2 * result[index - 1] + result[index - 2] + 1) % Int32(vocabularySize)
      result.append(often[index] == 0 ? noise[index] : next)
    }
    return result
  }

  private func model(_ symbols: [Int32], order: Int, vocabularySize: Int = 5) -> KneserNey {
    KneserNey(
      tokens: TokenSequence(symbols, vocabularySize: vocabularySize), vocabularySize: vocabularySize, order: order,
      threads: 2)
  }

  private func probability(_ model: KneserNey, _ symbol: Int32, after context: [Int32]) -> Double {
    var result = [Double](repeating: 0, count: model.order)
    model.probabilities(of: symbol, after: context, into: &result)
    return result[model.order - 1]
  }

  @Test(arguments: [1, 2, 3, 5]) func probabilitiesSumToOne(order: Int) {
    let text = symbols(400)
    let model = model(text, order: order)
    for end in [0, 1, 7, 100, 399] {
      let context = Array(text[max(0, end - order + 1)..<end])
      let sum = (0..<Int32(5)).reduce(0) { $0 + probability(model, $1, after: context) }
      #expect(abs(sum - 1) < 1e-12, "\(context)")
    }
    let unseen: [Int32] = [4, 4, 4, 4]
    #expect(abs((0..<Int32(5)).reduce(0) { $0 + probability(model, $1, after: unseen) } - 1) < 1e-12)
  }

  @Test func whatHasNotBeenSeenIsPossible() {
    // nearly all passages stand there four times: there are far more counts of 4 than of 3
    let passages = (0..<40).flatMap { passage in
      (0..<(passage < 36 ? 4 : passage - 35)).flatMap { _ in testIDs(12, vocabularySize: 5, seed: UInt64(passage)) }
    }
    let model = model(passages, order: 6)
    for context in [Array(passages[..<5]), Array(passages[40..<45])] {
      for symbol in Int32(0)..<5 { #expect(probability(model, symbol, after: context) > 0) }
    }
  }

  /// The definition, by dictionaries: counts at the longest context, numbers of different predecessors at shorter ones.
  private func naive(_ text: [Int32], order: Int, vocabularySize: Int) -> ([Int32], Int32) -> Double {
    // a beginning before the beginning, as every text has one
    let padded = [Int32](repeating: -1, count: order) + text
    var counts: [[[Int32]: Int]] = []
    for size in 1...order {
      var tally: [[Int32]: Int] = [:]
      if size == order {
        for index in order..<padded.count { tally[Array(padded[index - size + 1...index]), default: 0] += 1 }
      } else {
        let longer = Set((order..<padded.count).map { Array(padded[$0 - size...$0]) })
        for gram in longer { tally[Array(gram.dropFirst()), default: 0] += 1 }
      }
      counts.append(tally)
    }
    let discounts = counts.map { tally in
      Discounts(counts: (1...4).map { times in tally.values.count { $0 == times } })
    }
    func probability(_ context: [Int32], _ symbol: Int32) -> Double {
      let tally = counts[context.count]
      let shorter =
        context.isEmpty ? 1 / Double(vocabularySize) : probability(Array(context.dropFirst()), symbol)
      let following = tally.filter { $0.key.dropLast() == context[...] }
      let total = following.values.reduce(0, +)
      guard total > 0 else { return shorter }
      let discount = discounts[context.count]
      let left = following.values.reduce(0.0) { $0 + discount[Int32($1)] }
      let count = following[context + [symbol]] ?? 0
      return (Double(count) - discount[Int32(count)] + left * shorter) / Double(total)
    }
    return { probability($0, $1) }
  }

  @Test(arguments: [1, 2, 4]) func equalsTheDefinition(order: Int) {
    let text = symbols(300)
    let model = model(text, order: order)
    let expected = naive(text, order: order, vocabularySize: 5)
    for end in stride(from: order, to: 300, by: 23) {
      let context = Array(text[end - order + 1..<end])
      for symbol in 0..<Int32(5) {
        #expect(abs(probability(model, symbol, after: context) - expected(context, symbol)) < 1e-12)
      }
    }
  }

  @Test func windowsStartWithoutContext() throws {
    let text = symbols(500)
    let model = model(text, order: 3)
    let other = TokenSequence(Array(symbols(900).suffix(43)), vocabularySize: 5)
    let windows = try #require(model.evaluate(other, window: 10, threads: 2))
    #expect(windows.characters == 40)
    var total = 0.0
    for index in 0..<40 {
      let start = max(index / 10 * 10, index - 1)
      total -= log(probability(model, other[index + 1], after: (start...index).map { other[$0] }))
    }
    #expect(abs(windows.natsPerCharacter - total / 40) < 1e-12)
    let whole = try #require(model.evaluate(other, threads: 1))
    #expect(whole.characters == 42)
    #expect(whole.natsPerCharacter < windows.natsPerCharacter)
    #expect(model.evaluate(TokenSequence([1], vocabularySize: 5), threads: 1) == nil)
    #expect(model.evaluate(other, window: 60, threads: 1) == nil)
  }

  @Test func theOrderIsTheOneThatPredictsBest() {
    // a symbol follows from the two before it: more context is only noise
    let tokens = TokenSequence(symbols(20_000), vocabularySize: 5)
    let model = KneserNey(tokens: tokens, vocabularySize: 5, threads: 2)
    #expect(model.order == 3)
    #expect(KneserNey(tokens: tokens[0..<3], vocabularySize: 5, threads: 1).order >= 1)
    #expect(KneserNey(tokens: tokens[0..<0], vocabularySize: 5, threads: 1).order >= 1)
  }
}

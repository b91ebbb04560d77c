import Testing

@testable import CharLSTM

@Suite struct ContextLevelTests {
  @Test func discountsAreEstimatedFromCountsOfCounts() {
    let discounts = Discounts(counts: [100, 40, 20, 10])
    let y = 100.0 / 180
    #expect(discounts.one == 1 - 2 * y * 40 / 100)
    #expect(discounts.two == 2 - 3 * y * 20 / 40)
    #expect(discounts.more == 3 - 4 * y * 10 / 20)
    #expect(
      [0, 1, 2, 3, 9].map { discounts[$0] } == [0, discounts.one, discounts.two, discounts.more, discounts.more])
    #expect(Discounts(counts: [100, 0, 20, 10]) == Discounts(counts: [0, 0, 0, 0]))
    #expect(Discounts(counts: [0, 0, 0, 0]).two == 1)
    // estimates of nothing or less would leave nothing for what has not been seen
    #expect(Discounts(counts: [1, 1, 9, 1]) == Discounts(counts: [0, 0, 0, 0]))
    #expect(Discounts(counts: [100, 40, 20, 60]) == Discounts(counts: [0, 0, 0, 0]))
  }

  @Test func absentSymbolsAreNotFound() throws {
    let contexts = SortedContexts([0, 1, 0, 1, 2, 0, 1], vocabularySize: 4, length: 1)
    let (none, one) = (contexts.level(0), contexts.level(1))
    let node = try #require(none.child(of: 0, symbol: 1, in: one))
    #expect(one.entry(of: node, symbol: 2)?.count == 1)
    #expect(one.entry(of: node, symbol: 1) == nil)
    #expect(none.child(of: 0, symbol: 3, in: one) == nil)
    // what is left of the count 2 goes to the two symbols that were seen once: half a count each
    #expect(one.probability(of: 2, after: node, continued: false, shorter: 0.2) == (1 - 0.5 + 1 * 0.2) / 2)
    #expect(one.probability(of: 3, after: node, continued: false, shorter: 0.2) == 0.1)
  }
}

import Testing

@testable import CharLSTM

@Suite struct SortedContextsTests {
  /// 0 1 0 1 2 0 1: the contexts of two symbols, in the order of their last symbol, then of the one before.
  @Test func contextsStandWithWhatFollows() {
    let contexts = SortedContexts([0, 1, 0, 1, 2, 0, 1], vocabularySize: 3, length: 2)
    let one = contexts.level(1)
    #expect(one.symbols == [-1, 0, 1, 2])
    #expect(one.firstEntries == [0, 1, 2, 4, 5])
    #expect(one.entries.map(\.symbol) == [0, 1, 0, 2, 0])
    #expect(one.entries.map(\.count) == [1, 3, 1, 1, 1])
    // 0 1 comes after the beginning, after 1 and after 2
    #expect(one.entries.map(\.continuations) == [1, 3, 1, 1, 1])
    let two = contexts.level(2)
    #expect(two.symbols == [-1, -1, 1, 2, 0, 1])
    #expect(one.children == [0, 1, 4, 5, 6])
    #expect(two.entries.map(\.symbol) == [0, 1, 1, 1, 0, 2, 0])
  }

  @Test func withoutContextAllIsCounted() {
    let level = SortedContexts([2, 2, 0, 2], vocabularySize: 3, length: 0).level(0)
    #expect(level.entries.map(\.symbol) == [0, 2])
    #expect(level.entries.map(\.count) == [1, 3])
    #expect(level.counted[0].total == 4)
    #expect((level.counted[0].ones, level.counted[0].twos, level.counted[0].more) == (1, 0, 1))
  }
}

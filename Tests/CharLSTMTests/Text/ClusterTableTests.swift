import Testing

@testable import CharLSTM

@Suite struct ClusterTableTests {
  /// Of every length around that of a word, and beginning alike.
  private static let entries =
    (0...20).map { [UInt8](repeating: 0xE9, count: $0) } + [[0], [0, 0], [0, 0xE9], [0xE9, 0]]

  @Test func everyEntryHasItsNumber() {
    var table = ClusterTable()
    for (number, entry) in Self.entries.enumerated() { table.add(number + 1, to: entry, entry.indices) }
    for (number, entry) in Self.entries.enumerated() { #expect(table.number(of: entry, entry.indices) == number + 1) }
    #expect(table.number(of: [0xE9, 0xE8], 0..<2) == nil)
    #expect(table.number(of: [UInt8](repeating: 0xE9, count: 21), 0..<21) == nil)
    let assigned = table.assigned.sorted { $0.value < $1.value }
    #expect(assigned.map(\.entry) == Self.entries)
    #expect(assigned.map(\.value) == Array(1...Self.entries.count))
  }

  @Test func entriesStandAnywhereInAText() {
    var table = ClusterTable()
    let text = Array("xe\u{301}y\u{1F468}\u{200D}\u{1F680}".utf8)
    table.add(5, to: text, 1..<4)
    table.add(2, to: text, 1..<4)
    table.add(3, to: text, 5..<16)
    let (short, long) = (Array("e\u{301}".utf8), Array("\u{1F468}\u{200D}\u{1F680}".utf8))
    #expect(table.number(of: short, short.indices) == 7)
    #expect(table.number(of: long, long.indices) == 3)
  }

  @Test func tablesAreAdded() {
    var (a, b) = (ClusterTable(), ClusterTable())
    for entry in Self.entries { a.add(1, to: entry, entry.indices) }
    for entry in Self.entries.dropFirst(5) { b.add(10, to: entry, entry.indices) }
    a.add(b)
    #expect(Self.entries.map { a.number(of: $0, $0.indices) } == Self.entries.indices.map { $0 < 5 ? 1 : 11 })
  }
}

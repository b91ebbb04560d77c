import Testing

@testable import CharLSTM

@Suite struct ScalarTableTests {
  @Test func untouchedScalarsAreEmpty() {
    let table = ScalarTable(empty: -1)
    for scalar in [0, 0xFF, 0x100, 0xFFFF, 0x1_0000, 0x10_FFFF] as [UInt32] { #expect(table[scalar] == -1) }
    #expect(table.assigned.isEmpty)
  }

  @Test func scalarsOfAPageAndOfOthersStayApart() {
    var table = ScalarTable(empty: 0)
    let scalars: [UInt32] = [0, 0xFF, 0x100, 0x1FF, 0x4E00, 0x1_F600, 0x10_FFFF]
    for (index, scalar) in scalars.reversed().enumerated() { table[scalar] = index + 10 }
    #expect(scalars.map { table[$0] } == [16, 15, 14, 13, 12, 11, 10])
    #expect([1, 0xFE, 0x101, 0x1FE, 0x4E01, 0x10_FFFE].map { table[$0] } == [0, 0, 0, 0, 0, 0])
    #expect(table.assigned.map(\.scalar) == scalars)
    #expect(table.assigned.map(\.value) == [16, 15, 14, 13, 12, 11, 10])
  }

  @Test func numbersChangeInPlace() {
    var table = ScalarTable(empty: 0)
    for _ in 0..<5 { table[0x3B1] += 2 }
    let copy = table
    table[0x3B1] = 0
    #expect(copy[0x3B1] == 10)
    #expect(table[0x3B1] == 0)
    // what was set back is as if it had not been set
    #expect(table.assigned.isEmpty)
  }
}

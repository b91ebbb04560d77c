import Testing

@testable import Tensors

@Suite struct AlignedFloatsTests {
  private func address(_ block: AlignedFloats) -> UInt { block.withView { UInt(bitPattern: $0.floats.baseAddress) } }

  @Test(arguments: [1, 16, 17, 1000, 100_000]) func memoryIsAligned(count: Int) {
    let block = AlignedFloats(zeros: count)
    #expect(block.count == (count + 15) / 16 * 16)
    #expect(address(block) % 64 == 0)
  }

  @Test func aWrittenCopyIsAlignedAndWhole() {
    for count in stride(from: 16, through: 1600, by: 16) {
      var block = AlignedFloats(zeros: count)
      block.replace(from: 0, with: (0..<count).map(Float.init))
      var copies = (0..<4).map { _ in block }
      for index in copies.indices {
        copies[index].withMutableView { $0[count - 1] = -1 }
        #expect(address(copies[index]) % 64 == 0)
        #expect(copies[index].floats(in: 0..<count) == (0..<count - 1).map(Float.init) + [-1])
      }
      #expect(block[count - 1] == Float(count - 1))
    }
  }

  @Test func aCopyIsASnapshot() {
    var block = AlignedFloats(zeros: 16)
    block[3] = 2
    let copy = block
    block[3] = 5
    #expect(copy[3] == 2)
    #expect(block[3] == 5)
  }

  @Test func rangesAreReadAndReplaced() {
    var block = AlignedFloats(zeros: 32)
    block.replace(from: 15, with: [1, 2, 3])
    #expect(block.floats(in: 14..<19) == [0, 1, 2, 3, 0])
  }
}

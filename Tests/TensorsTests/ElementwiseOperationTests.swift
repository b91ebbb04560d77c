import Testing

@testable import Tensors

/// More numbers than one part of the work holds, and a range that begins inside the block.
@Suite struct ElementwiseOperationTests {
  private static let count = 3 * (1 << 14) + 48
  private static let range = 32..<count - 16

  private func floats(_ seed: UInt64) -> AlignedFloats {
    var generator = SeededGenerator(seed: seed)
    var floats = AlignedFloats(zeros: Self.count)
    for index in 0..<Self.count { floats[index] = Float(generator.uniform()) }
    return floats
  }

  private func values(_ floats: AlignedFloats) -> [Float] { (0..<Self.count).map { floats[$0] } }

  @Test(arguments: [1, 2, 5]) func everyNumberOfTheRangeIsDoneOnce(threads: Int) {
    var average = floats(1)
    let (before, w) = (average, floats(2))
    average.withMutableView { average in
      w.withView { w in
        Processor(threads: threads).run(.average(average, of: w, decay: 0.5), over: Self.range)
      }
    }
    for index in 0..<Self.count {
      let expected = Self.range.contains(index) ? before[index] + 0.5 * (w[index] - before[index]) : before[index]
      #expect(abs(average[index] - expected) < 1e-6, "\(index)")
    }
  }

  @Test func theMaskDoesNotDependOnTheThreads() {
    func dropped(_ threads: Int, _ range: Range<Int>) -> [Float] {
      var into = floats(1)
      floats(2).withView { from in
        into.withMutableView {
          Processor(threads: threads).run(.dropout(into: $0, of: from, key: 9, rate: 0.25), over: range)
        }
      }
      return values(into)
    }
    let alone = dropped(1, Self.range)
    #expect(dropped(4, Self.range) == alone)
    let zeros = alone[Self.range].count { $0 == 0 }
    #expect(abs(Double(zeros) / Double(Self.range.count) - 0.25) < 0.01)
    // the mask begins where the range does
    let shifted = dropped(1, 0..<Self.range.count)
    #expect((0..<Self.range.count).allSatisfy { (shifted[$0] == 0) == (alone[$0 + Self.range.lowerBound] == 0) })
  }

  @Test func copies() {
    var into = floats(1)
    let (before, from) = (values(into), floats(2))
    into.withMutableView { into in
      from.withView { Processor(threads: 2).run(.copy(into: into, from: $0), over: Self.range) }
    }
    #expect(Array(values(into)[Self.range]) == Array(values(from)[Self.range]))
    #expect(values(into)[..<32] == before[..<32] && values(into)[(Self.count - 16)...] == before[(Self.count - 16)...])
  }

  @Test func theSumOfSquaresHasTheSameBitsOnAnyThreads() {
    let x = floats(3)
    var sums: [Double] = []
    let alone = x.withView { Processor(threads: 1).sumOfSquares($0, sums: &sums) }
    #expect(sums.count == 4)
    #expect(x.withView { Processor(threads: 3).sumOfSquares($0, sums: &sums) } == alone)
    let expected = values(x).reduce(0.0) { $0 + Double($1) * Double($1) }
    #expect(abs(alone - expected) < 1e-6 * expected)
  }
}

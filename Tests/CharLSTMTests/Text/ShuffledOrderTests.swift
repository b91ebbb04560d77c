import Tensors
import Testing

@testable import CharLSTM

@Suite struct ShuffledOrderTests {
  @Test(arguments: [1, 2, 3, 4, 5, 16, 17, 63, 64, 65, 1000, 4097])
  func everyNumberComesOnce(count: Int) {
    for key: UInt64 in [0, 1, 0xFFFF_FFFF_FFFF_FFFF] {
      let order = ShuffledOrder(count: count, key: key)
      #expect((0..<count).map { order[$0] }.sorted() == Array(0..<count))
    }
  }

  @Test func anotherKeyIsAnotherOrder() {
    let orders = (0..<50).map { key -> [Int] in
      let order = ShuffledOrder(count: 100, key: SplitMix64.key(UInt64(key)))
      return (0..<100).map { order[$0] }
    }
    #expect(Set(orders).count == 50)
    #expect(!orders.contains(Array(0..<100)))
  }

  @Test func allPlacesAreEquallyLikely() {
    // where 0 goes in 8,000 orders of 8: 1,000 times to each place, give or take 5 standard deviations of 30
    var counts = [Int](repeating: 0, count: 8)
    for key in 0..<8000 { counts[ShuffledOrder(count: 8, key: SplitMix64.key(UInt64(key)))[0]] += 1 }
    #expect(counts.allSatisfy { abs($0 - 1000) < 150 }, "\(counts)")
  }
}

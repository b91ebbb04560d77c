import Testing

@testable import CharLSTM

@Suite struct DropoutMasksTests {
  private func keys(_ masks: DropoutMasks) -> [UInt64] {
    (0..<2).flatMap { masks.keys(layer: $0, lanes: 0..<3) }
  }

  @Test func everyLayerLaneAndMinibatchHasItsOwn() {
    var masks = DropoutMasks(Dropout(rate: 0.5, seed: 1), lanes: 3, layers: 2)
    var seen: Set<UInt64> = []
    for step in 0..<4 {
      masks.advance(to: step)
      seen.formUnion(keys(masks))
    }
    #expect(seen.count == 4 * 6)
    // the same minibatch again, as a resumed run asks for it
    var resumed = DropoutMasks(Dropout(rate: 0.5, seed: 1), lanes: 3, layers: 2)
    resumed.advance(to: 3)
    #expect(keys(resumed) == keys(masks))
    #expect(Array(masks.keys(layer: 1, lanes: 1..<3)) == Array(keys(masks)[4..<6]))
    var other = DropoutMasks(Dropout(rate: 0.5, seed: 2), lanes: 3, layers: 2)
    other.advance(to: 3)
    #expect(Set(keys(other)).isDisjoint(with: keys(masks)))
  }

  @Test func noRateNoMasks() {
    var masks = DropoutMasks(.none, lanes: 3, layers: 2)
    masks.advance(to: 5)
    #expect(!masks.isActive && keys(masks) == [UInt64](repeating: 0, count: 6))
  }
}

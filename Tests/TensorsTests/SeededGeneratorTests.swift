import Testing

@testable import Tensors

@Suite struct SeededGeneratorTests {
  @Test func splitMixEqualsItsReference() {
    // the first outputs for state 1234567, from the authors' reference implementation
    var mixer = SplitMix64(state: 1_234_567)
    #expect(
      (0..<5).map { _ in mixer.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test func xoshiroEqualsItsReference() {
    // xoshiro256** from state (1, 2, 3, 4), computed by hand for the first two:
    // rotl(2 · 5, 7) · 9 = 11520; then s1 becomes 0 and the second output is 0
    var generator = SeededGenerator(1, 2, 3, 4)
    #expect((0..<3).map { _ in generator.next() } == [11520, 0, 1_509_978_240])
  }

  @Test func streamsAndSeedsDiffer() {
    var firsts = Set<UInt64>()
    for seed: UInt64 in 0..<30 {
      for stream: UInt64 in 0..<30 {
        var generator = SeededGenerator(seed: seed, stream: stream)
        firsts.insert(generator.next())
      }
    }
    #expect(firsts.count == 900)
  }

  @Test func uniformNumbersFillTheUnitInterval() {
    var generator = SeededGenerator(seed: 1)
    let numbers = (0..<10_000).map { _ in generator.uniform() }
    #expect(numbers.allSatisfy { $0 >= 0 && $0 < 1 })
    // the mean of 10,000 has a standard deviation of 0.0029
    #expect(abs(numbers.reduce(0, +) / 10_000 - 0.5) < 0.0145)
  }

  @Test func keysDependOnEveryNumber() {
    let keys = [
      SplitMix64.key(1, 2, 3, 4), SplitMix64.key(2, 1, 3, 4), SplitMix64.key(1, 2, 4, 3), SplitMix64.key(1, 2, 3, 5),
    ]
    #expect(Set(keys).count == 4)
    #expect(SplitMix64.key(1, 2, 3, 4) == keys[0])
  }
}
